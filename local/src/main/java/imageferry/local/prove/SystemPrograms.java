package imageferry.local.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Programs of this machine.
 *
 * @param folder in which they run
 * @param log gets each command with its output
 */
record SystemPrograms(Path folder, Path log) implements Programs {
    @Override
    public Result runUnlogged(List<String> command) throws IOException, InterruptedException {
        return new SystemPrograms(folder, Path.of("/dev/null")).run(Map.of(), command);
    }

    @Override
    public Result run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        note("$ " + String.join(" ", command) + "\n");
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SAM_CLI_TELEMETRY", "0");
        builder.environment().put("AWS_PAGER", "");
        var process = builder.start();
        // Both at once: a program that writes more than its pipe holds would wait for its reader.
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            process.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> text(process, true), readers);
            var output = CompletableFuture.supplyAsync(() -> text(process, false), readers);
            return new Result(statusOf(process), output.join(), errors.join());
        }
    }

    /** Waits for the end. An interruption ends the program, and those that it started. */
    private static int statusOf(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException ctrlC) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            throw ctrlC;
        }
    }

    private String text(Process process, boolean errors) {
        try (var lines = errors ? process.errorReader() : process.inputReader()) {
            var text = new StringBuilder();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
                note(line + "\n");
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void note(String text) throws IOException {
        Files.writeString(log, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
