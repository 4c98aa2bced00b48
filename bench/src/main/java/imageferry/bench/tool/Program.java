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

/** Runs a program of this machine and reads what it says. */
final class Program {
    private static final long LONGEST_MINUTES = 15;

    private final Map<String, String> environment;

    /** @param environment beside the credentials that the simulated S3 takes */
    Program(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether the search path has it. */
    static boolean isPresent(String name) {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(folders.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** The first line that it says; empty when it is not there or does not work. */
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
     * Runs it to its end.
     *
     * @return all that it said
     * @throws CopyFailed when it ends with an error, or not at all
     */
    String run(List<String> command) throws IOException, InterruptedException {
        var said = Files.createTempFile("imageferry-bench", ".log");
        try {
            var builder = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(S3Server.credentials());
            builder.environment().putAll(environment);
            // The endpoint speaks plain HTTP, and rclone does not start with one.
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
