package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./imageferry checksum} prints the composite, and compares it or the plain SHA-256 with a given one. */
class ChecksumCommandTest {
    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private Path disk;
    private byte[] sha256;

    @BeforeEach
    void aDisk() throws Exception {
        disk = Files.write(folder.resolve("disk.img"), new byte[3000]);
        sha256 = MessageDigest.getInstance("SHA-256").digest(new byte[3000]);
    }

    @Test
    void the_composite_is_printed() {
        assertThat(run(disk.toString())).isZero();
        assertThat(output.toString()).matches("[A-Za-z0-9+/]{43}=-1\\R");
    }

    @Test
    void a_plain_sha256_is_compared_in_hex_and_in_base64() {
        assertThat(run(disk.toString(), HexFormat.of().formatHex(sha256))).isZero();
        assertThat(run(disk.toString(), Base64.getEncoder().encodeToString(sha256)))
                .isZero();
        assertThat(run(disk.toString(), "0".repeat(64))).isEqualTo(1);
        assertThat(run(disk.toString(), "A".repeat(43) + "=")).isEqualTo(1);
        assertThat(errors.toString())
                .contains(
                        "The checksum of " + disk + " is " + HexFormat.of().formatHex(sha256) + ", not 0000",
                        "The checksum of " + disk + " is " + Base64.getEncoder().encodeToString(sha256) + ", not AAAA");
    }

    @Test
    void a_composite_is_compared_for_its_own_part_size() {
        run("--part-size", "1000", disk.toString());
        var composite = output.toString().strip();

        assertThat(composite).endsWith("-3");
        assertThat(run("--part-size", "1000", disk.toString(), composite)).isZero();
        assertThat(run(disk.toString(), composite)).isEqualTo(1);
        assertThat(errors.toString()).contains("in parts of 5,242,880 bytes, not " + composite);
    }

    @Test
    void an_invalid_checksum_is_refused_in_one_sentence() {
        assertThat(run(disk.toString(), "abc")).isEqualTo(1);
        assertThat(errors.toString())
                .contains("\"abc\" is not a SHA-256; give 64 hex digits, base64, or <base64>-<parts>")
                .doesNotContain("Unmatched");
    }

    private int run(String... arguments) {
        return new CommandLine(new ChecksumCommand())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}
