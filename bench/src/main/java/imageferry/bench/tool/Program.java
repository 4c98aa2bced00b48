package imageferry.bench.tool;

import imageferry.bench.server.S3Server;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs an installed program and reads its output. */
final class Program {
    private static final long LONGEST_MINUTES = 15;

    private final Map<String, String> environment;

    /** @param environment variables in addition to the credentials for the simulated S3 */
    Program(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns whether the program is on the search path. */
    static boolean isPresent(String name) {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(folders.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Returns the first line of its output; empty when it is not installed or fails. */
    static Optional<String> firstLine(String... command) throws IOException, InterruptedException {
        if (!isPresent(command[0])) {
            return Optional.empty();
        }
        try {
            return new Program(Map.of()).run(List.of(command)).lines().findFirst();
        } catch (CopyFailed _) {
            return Optional.empty();
        }
    }

    /**
     * Runs the program to its end.
     *
     * @return its whole output
     * @throws CopyFailed when it ends with an error or does not end in time
     */
    String run(List<String> command) throws IOException, InterruptedException {
        var said = Files.createTempFile("imageferry-bench", ".log");
        try {
            var builder = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(S3Server.credentials());
            builder.environment().putAll(environment);
            // The endpoint uses plain HTTP, and rclone does not start with this variable.
            builder.environment().remove("AWS_CA_BUNDLE");
            var process = builder.start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                    throw new CopyFailed(command.getFirst() + " did not end within " + LONGEST_MINUTES + " minutes");
                }
            } finally {
                process.destroyForcibly();
            }
            var text = Files.readString(said);
            if (process.exitValue() != 0) {
                throw new CopyFailed(command.getFirst() + " ended with " + process.exitValue() + ": " + lastLine(text));
            }
            return text;
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("nothing", (one, next) -> next);
    }
}
