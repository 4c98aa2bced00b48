package imageferry.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the machine, run in one folder. A test that asks for one is skipped where it is absent. */
final class Tool {
    private final Path folder;

    private Tool(Path folder) {
        this.folder = folder;
    }

    /** Its output and exit status. */
    record Outcome(int code, String said) {}

    static Tool named(String program, Path folder) {
        assumeTrue(isInstalled(program), program + " is not installed");
        return new Tool(folder);
    }

    static boolean isInstalled(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** @throws AssertionError when it fails */
    void run(String... command) {
        var outcome = outcome(command);
        if (outcome.code() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + outcome.said());
        }
    }

    Outcome outcome(String... command) {
        return outcome(folder, List.of(command));
    }

    static Outcome outcome(Path folder, List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
