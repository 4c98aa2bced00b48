package imageferry.local.command;

import imageferry.local.cloud.CannotStart;
import imageferry.local.cloud.LocalCloud;
import imageferry.local.cloud.LocalSettings;
import imageferry.local.store.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the demo with a real disk, in a temporary folder that is removed afterwards. */
@Command(
        name = "demo",
        description = "Imports a disk, copies it to two regions, shares one copy, cancels another, and proves the"
                + " bytes. Exits with 1 when anything is wrong.")
final class DemoCommand implements Callable<Integer> {
    private static final int DISK_MIB = 64;
    private static final int REGIONS = 3;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "DISK", arity = "0..1", description = "A disk image file. Default: a small generated one.")
    @Nullable
    Path disk;

    @Mixin
    ParameterOptions options = new ParameterOptions();

    @Override
    public Integer call() throws Exception {
        if (!options.regions.isEmpty() && options.regions.size() < REGIONS) {
            throw Explained.misuse("The demo needs three regions, not " + options.regions.size()
                    + ": give --regions a,b,c, or leave it out.");
        }
        var console = new Console(spec.commandLine().getOut());
        var given = disk == null ? null : DiskFile.at(disk);
        var home = Home.folder();
        try (var folder = TemporaryFolder.make("imageferry-demo")) {
            var used = given == null ? madeIn(folder.path()) : given;
            console.say("Starting Imageferry in " + folder.path() + " ...");
            var settings = new LocalSettings(
                    home,
                    folder.path().resolve("data"),
                    0,
                    0,
                    options.regions,
                    options.parameters(),
                    Home.functionsZip(home));
            try (var cloud = folder.usedBy(() -> LocalCloud.start(settings));
                    var buckets = new Buckets(cloud.s3())) {
                return new Demo(console, new ApiClient(cloud.api(), Demo.OPERATOR), buckets, used).run() ? 0 : 1;
            } catch (CannotStart reason) {
                throw Explained.of(reason);
            }
        }
    }

    private static DiskFile madeIn(Path folder) {
        try {
            return DiskFile.at(BootDisk.make(folder.resolve("imageferry.img"), DISK_MIB));
        } catch (IOException full) {
            throw new Explained(TemporaryFiles.sentence(full));
        }
    }
}
