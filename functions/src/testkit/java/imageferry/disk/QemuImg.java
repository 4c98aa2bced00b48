package imageferry.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Creates and checks images with QEMU's own tool. A test that asks for it is skipped where it is absent. */
public final class QemuImg {
    private static final List<Path> PLACES = Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
            .map(folder -> Path.of(folder, "qemu-img"))
            .toList();

    /** It measures its own key derivation, and gives up on a busy machine. */
    private static final String BUSY = "Unable to get accurate CPU usage";

    private static final int MOST_REPEATS = 20;

    private final String program;
    private final Path folder;

    private QemuImg(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Works in that folder. */
    public static QemuImg in(Path folder) {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), "qemu-img is not installed (Debian: qemu-utils)");
        return new QemuImg(program.orElseThrow().toString(), folder);
    }

    /** Converts a raw disk of the folder to another format. */
    public Path convert(String raw, String format, String name, String... options) {
        run(Stream.of(Stream.of("convert", "-f", "raw", "-O", format), Stream.of(options), Stream.of(raw, name))
                .flatMap(words -> words));
        return folder.resolve(name);
    }

    /** Makes a new image. The last of the options may be its size. */
    public Path create(String format, String name, String... options) {
        run(Stream.of(Stream.of("create", "-q", "-f", format, name), Stream.of(options))
                .flatMap(words -> words));
        return folder.resolve(name);
    }

    /** Returns whether it opens the file as that format. */
    boolean opens(String format, Path file) {
        return outcome(Stream.of("info", "-f", format, file.toString())).code() == 0;
    }

    private void run(Stream<String> arguments) {
        var outcome = outcome(arguments);
        if (outcome.code() != 0) {
            throw new AssertionError(outcome.said());
        }
    }

    private Tool.Outcome outcome(Stream<String> arguments) {
        var command = Stream.concat(Stream.of(program), arguments).toList();
        var outcome = Tool.outcome(folder, command);
        for (var again = 0; again < MOST_REPEATS && outcome.said().contains(BUSY); again++) {
            outcome = Tool.outcome(folder, command);
        }
        return outcome;
    }
}
