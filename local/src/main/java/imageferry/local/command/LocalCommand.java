package imageferry.local.command;

import imageferry.local.cloud.CannotStart;
import imageferry.local.cloud.LocalCloud;
import imageferry.local.cloud.LocalSettings;
import imageferry.local.lambda.FailureLines;
import imageferry.local.store.AccessCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs Imageferry on this machine until Ctrl-C. */
@Command(name = "local", description = "Runs Imageferry on this machine until Ctrl-C, with all data in one folder.")
final class LocalCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--port", defaultValue = "4080", description = "The API's port. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(names = "--s3-port", defaultValue = "4081", description = "The buckets' port. Default: ${DEFAULT-VALUE}.")
    int s3Port;

    @Option(
            names = "--data",
            defaultValue = ".imageferry",
            description = "The folder for all data. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Option(
            names = "--aws",
            paramLabel = "ADDRESS[:PORT]",
            description = {
                "Serves all of AWS's services at one more address of this machine, for programs in containers, and writes"
                        + " a file for sam local --env-vars, sam-local.json in the data folder. Default port: 4082.",
                "Every program that reaches this address may do everything here."
            })
    @Nullable
    String aws;

    @Mixin
    ParameterOptions options = new ParameterOptions();

    @Override
    public Integer call() throws Exception {
        var ports = Listeners.of(port, s3Port, aws);
        if (data.toString().isBlank()) {
            throw Explained.misuse("The path of the data folder is empty: name a folder with --data.");
        }
        var home = Home.folder();
        var settings = new LocalSettings(
                home, data, port, s3Port, options.regions, options.parameters(), Home.functionsZip(home));
        try {
            ports.requireFree();
            run(settings, ports);
            return 0;
        } catch (CannotStart reason) {
            throw Explained.of(reason);
        }
    }

    private void run(LocalSettings settings, Listeners ports) throws Exception {
        var failures = failureLines(spec.commandLine().getErr()::println);
        try (var cloud = LocalCloud.start(settings, AccessCheck.lenient(), failures)) {
            var containers = ports.aws();
            new Console(spec.commandLine().getOut())
                    .say("Ready: API " + cloud.api() + "  S3 " + cloud.s3()
                            + (containers == null ? "" : servedToContainers(cloud, containers.address())));
            untilStopped(cloud);
        }
    }

    /** @param print may block without end */
    static FailureLines failureLines(Consumer<String> print) {
        return new FailureLines(new Terminal(print), InstantSource.system());
    }

    private static String servedToContainers(LocalCloud cloud, InetSocketAddress address) {
        var services = cloud.serveAt(address);
        var file = cloud.data().resolve("sam-local.json");
        try {
            SamLocal.write(file, cloud.template().functions().values(), services);
        } catch (IOException full) {
            throw new Explained("The file " + file + " cannot be written (" + full.getMessage()
                    + "); make room on its disk, or name another folder with --data");
        }
        return "  AWS " + services;
    }

    private static void untilStopped(LocalCloud cloud) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(cloud::close, "close"));
        new CountDownLatch(1).await();
    }
}
