package imageferry.local.lint;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that only some machines have. A test that needs one is skipped, with the reason, where it is absent or
 * older than the version of {@code .ci/tools}, which is the oldest that is known to accept the project's files.
 */
public record Tool(Path program) {
    public static final Path HOME = Path.of(System.getProperty("imageferry.home", ".."));

    private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    /** The result of a program. */
    public record Run(int status, String output, String errors) {}

    /**
     * Finds the tool, or skips the test.
     *
     * @param wantedAs its package in {@code .ci/tools}
     */
    public static Tool wanted(String name, String wantedAs) {
        var tool = onPath(name);
        if (tool == null) {
            return abort(name + " is not on the PATH");
        }
        var found = version(tool.run(HOME, "--version").output());
        var oldest = oldest(wantedAs);
        assumeTrue(found.compareTo(oldest) >= 0, () -> name + " is " + found + ", older than " + oldest);
        return tool;
    }

    private static @Nullable Tool onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tool::new)
                .orElse(null);
    }

    private static Version oldest(String wantedAs) {
        try (var lists = Files.list(HOME.resolve(".ci/tools"))) {
            for (var list : lists.toList()) {
                for (var line : Files.readAllLines(list)) {
                    if (line.matches("\\s*\"?" + Pattern.quote(wantedAs) + "(==|\": \").*")) {
                        return version(line);
                    }
                }
            }
            throw new IllegalStateException(wantedAs + " is not in .ci/tools");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Version version(String text) {
        var match = NUMBERS.matcher(text);
        return Version.parse(match.find() ? match.group() : "0");
    }

    /** Runs it in a folder until it ends. */
    public Run run(Path folder, String... arguments) {
        return run(
                folder,
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList());
    }

    /** Runs any command in a folder until it ends, without telemetry. */
    public static Run run(Path folder, List<String> command) {
        return run(start(folder, command));
    }

    /** Runs a command that was made by {@link #start} until it ends. */
    public static Run run(ProcessBuilder command) {
        try {
            var process = command.start();
            process.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            var output = text(process.getInputStream());
            return new Run(process.waitFor(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static ProcessBuilder start(Path folder, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SAM_CLI_TELEMETRY", "0",
                        "REDOCLY_TELEMETRY", "off",
                        "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
        return builder;
    }

    /** The Python of a program that pip installed, with the program's libraries. */
    public Path python() {
        try (var lines = Files.lines(program.toRealPath(), StandardCharsets.ISO_8859_1)) {
            var first = lines.findFirst().orElse("");
            assumeTrue(first.matches("#!.*/python[0-9.]*"), program + " is not a program of pip's");
            return Path.of(first.substring(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
