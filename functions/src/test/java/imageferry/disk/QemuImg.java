package imageferry.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** QEMU's own tool makes the images; a test that asks for it is skipped where it is absent. */
public final class QemuImg {
    private static final List<Path> PLACES = Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
            .map(folder -> Path.of(folder, "qemu-img"))
            .toList();

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

    /** Turns a raw disk of the folder into another format. */
    public Path convert(String raw, String format, String name, String... options) {
        run(Stream.of(Stream.of("convert", "-f", "raw", "-O", format), Stream.of(options), Stream.of(raw, name))
                .flatMap(words -> words));
        return folder.resolve(name);
    }

    /** Makes a new image; the last of the options may be its size. */
    public Path create(String format, String name, String... options) {
        run(Stream.of(Stream.of("create", "-q", "-f", format, name), Stream.of(options))
                .flatMap(words -> words));
        return folder.resolve(name);
    }

    private void run(Stream<String> arguments) {
        try {
            var process = new ProcessBuilder(
                            Stream.concat(Stream.of(program), arguments).toList())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
