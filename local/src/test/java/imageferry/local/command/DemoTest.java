package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of a newcomer. */
@Tag("slow")
class DemoTest {
    private static final Path REAL_DISC = Path.of("/usr/lib/grub-rescue/grub-rescue-cdrom.iso");
    private static final Path ARCHIVE =
            Path.of("/usr/lib/debian-installer/images/12/amd64/gtk/debian-installer/amd64/initrd.gz");

    @Test
    void the_demo_makes_a_disk_and_proves_every_copy_of_it() throws IOException {
        var run = Run.of(typedInTheReadme());

        assertThat(run.output()).contains("It is raw; a guest sees 67,108,864 bytes; boot mode bios");
        assertThat(run.output()).doesNotContain("WRONG").contains("Every byte is where it must be.");
        assertThat(run.status()).isZero();
        assertThat(masked(lastTen(run.output()))).isEqualTo(masked(shownInTheReadme()));
    }

    /** The arguments of the README's first command. */
    private static String[] typedInTheReadme() throws IOException {
        var readme = Files.readString(Home.folder().resolve("README.md"));
        return readme.substring(readme.indexOf("./imageferry ") + "./imageferry ".length())
                .replaceFirst("(?s)#.*", "")
                .strip()
                .split(" +", -1);
    }

    private static String shownInTheReadme() throws IOException {
        var readme = Files.readString(Home.folder().resolve("README.md"));
        return readme.substring(readme.indexOf("```text\n") + 8).replaceFirst("(?s)```.*", "");
    }

    private static String lastTen(String output) {
        var lines = output.lines().toList();
        return String.join("\n", lines.subList(lines.size() - 10, lines.size()));
    }

    private static String masked(String output) {
        return output.replaceAll("[0-9a-f]{16}…", "<hash>").strip();
    }

    @Test
    void one_flipped_byte_in_a_copy_fails_the_demo() {
        var flip = new Once("reading an image that is not shared", DemoTest::flipAByteOfEveryCopy);

        var run = Run.of(flip, "demo");

        assertThat(flip.done).isTrue();
        assertThat(run.output())
                .containsPattern("demo-disk +eu-west-1 +Available +67,108,864 +[0-9a-f]{16}… +NO")
                .contains("WRONG the instance's disk is the disk", "Something is wrong");
        assertThat(run.status()).isEqualTo(1);
    }

    /** In S3Mock's files of that region, in the folder that the demo names. */
    private static void flipAByteOfEveryCopy(String said) {
        var folder = Path.of(said.replaceFirst("(?s).*Starting Imageferry in (\\S+) .*", "$1"));
        try (var files = Files.find(
                folder,
                8,
                (file, facts) -> facts.isRegularFile()
                        && facts.size() == 64 << 20
                        && file.toString().contains("eu-west-1"))) {
            for (var file : files.toList()) {
                try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(12_345_678);
                    var old = bytes.read();
                    bytes.seek(12_345_678);
                    bytes.write(old ^ 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an action when the demo first prints these words. */
    private static final class Once implements Consumer<String> {
        private final String words;
        private final Consumer<String> act;
        private boolean done;

        Once(String words, Consumer<String> act) {
            this.words = words;
            this.act = act;
        }

        @Override
        public void accept(String said) {
            if (!done && said.contains(words)) {
                done = true;
                act.accept(said);
            }
        }
    }

    @Test
    void the_demo_accepts_a_disk_of_another_project() {
        assumeTrue(Files.isReadable(REAL_DISC), "grub-rescue-pc is not installed");

        var run = Run.of("demo", REAL_DISC.toString());

        assertThat(run.output()).containsPattern("It is iso; a guest sees [0-9,]+ bytes; boot mode bios");
        assertThat(run.output()).doesNotContain("WRONG").contains("Every byte is where it must be.");
        assertThat(run.status()).isZero();
    }

    @Test
    void the_demo_accepts_unrecognised_bytes_as_a_raw_disk(@TempDir Path folder) throws IOException {
        var bytes = new byte[3_000_001];
        new Random(3).nextBytes(bytes);

        var run = Run.of("demo", Files.write(folder.resolve("unknown"), bytes).toString());

        assertThat(run.output()).contains("the request says that it is raw");
        assertThat(run.output()).doesNotContain("WRONG").contains("Every byte is where it must be.");
        assertThat(run.status()).isZero();
    }

    @Test
    void the_demo_passes_on_why_a_file_is_not_a_disk() {
        assumeTrue(Files.isReadable(ARCHIVE), "debian-installer-12-netboot-amd64 is not installed");

        var run = Run.of("demo", ARCHIVE.toString());

        assertThat(run.output())
                .doesNotContain("the request says that it is raw")
                .contains("is compressed (gzip); unpack it with `gzip -dc FILE > NEW`, and upload NEW");
        assertThat(run.status()).isEqualTo(1);
    }

    /** One command with its output. */
    record Run(int status, String output) {
        static Run of(String... arguments) {
            return of(said -> {}, arguments);
        }

        /** @param listener receives the whole output so far, after each change */
        static Run of(Consumer<String> listener, String... arguments) {
            var out = System.out;
            var err = System.err;
            var caught = new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int from, int length) {
                    super.write(bytes, from, length);
                    listener.accept(toString(StandardCharsets.UTF_8));
                }
            };
            var stream = new PrintStream(caught, true, StandardCharsets.UTF_8);
            System.setOut(stream);
            System.setErr(stream);
            try {
                return new Run(Main.run(arguments), caught.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(out);
                System.setErr(err);
            }
        }
    }
}
