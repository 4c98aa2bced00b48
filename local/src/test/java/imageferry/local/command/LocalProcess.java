package imageferry.local.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code imageferry local} in a process of its own, which can be killed. */
final class LocalProcess implements AutoCloseable {
    private final Process process;
    final URI s3;
    final ApiClient api;
    final Buckets buckets;
    final CopyWatch watch;

    private LocalProcess(Process process, String ready) {
        var words = ready.split(" +", -1);
        this.process = process;
        this.s3 = URI.create(words[4]);
        this.api = new ApiClient(URI.create(words[2]), Demo.OPERATOR);
        this.buckets = new Buckets(s3);
        this.watch = new CopyWatch(api, new Console(new PrintWriter(Writer.nullWriter())));
    }

    static LocalProcess start(Path data, String... options) throws IOException {
        return startIn(Path.of("").toAbsolutePath(), data, options);
    }

    /** @param folder the current folder of the process */
    static LocalProcess startIn(Path folder, Path data, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("local", "--data", data.toString(), "--port", "0", "--s3-port", "0"));
        arguments.addAll(List.of(options));
        var process = process(folder, arguments.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = lines.readLine();
        while (line != null && !line.startsWith("Ready: ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("imageferry local ended before it was ready");
        }
        return new LocalProcess(process, line);
    }

    /** Runs any command to its end, in that current folder, and returns its exit status. */
    static int exitOf(Path folder, String... arguments) throws IOException {
        return process(folder, arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    /** @param folder the current folder of the process */
    static ProcessBuilder process(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dimageferry.home=" + Home.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        buckets.close();
        kill();
    }
}
