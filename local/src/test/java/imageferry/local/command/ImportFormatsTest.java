package imageferry.local.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.disk.QemuImg;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks in all formats, uploaded and imported as by a client. */
@Timeout(240)
@Tag("slow")
class ImportFormatsTest {
    private static final String HOME = "us-east-1";
    private static final String AWAY = "eu-west-1";
    private static final int MIB = 1 << 20;

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static byte[] raw;

    @BeforeAll
    static void start() throws Exception {
        raw = Files.readAllBytes(BootDisk.make(folder.resolve("disk.raw"), 16));
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({"qcow2, qcow2", "vhdx, vhdx", "vmdk, vmdk", "vpc, vhd"})
    void an_image_of_any_format_and_its_copy_show_the_format(String made, String format) throws Exception {
        var disk = QemuImg.in(folder).convert("disk.raw", made, "real." + made);

        var image = cloud.imported(disk, "real-" + made);
        var copy = RunningCloud.only(cloud.copy(image, AWAY, "copied-" + made));
        assertThat(cloud.watch.untilEnded(copy.path("copyId").asText())).isEqualTo("Available");

        for (var one : List.of(image(image), image(copy.path("imageId").asText()))) {
            assertThat(one.path("format").asText()).isEqualTo(format);
            assertThat(one.path("bootMode").asText()).isEqualTo("bios");
            assertThat(one.path("virtualSizeBytes").asLong()).isBetween(16L * MIB, 17L * MIB);
            assertThat(one.path("sizeBytes").asLong()).isEqualTo(Files.size(disk));
        }
    }

    @Test
    void a_differencing_image_is_refused_without_a_record() throws Exception {
        var qemu = QemuImg.in(folder);
        qemu.convert("disk.raw", "qcow2", "base.qcow2");
        var overlay = qemu.create("qcow2", "overlay.qcow2", "-b", "base.qcow2", "-F", "qcow2");

        var answer = imported("overlay", Files.readAllBytes(overlay), Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidImageFormat.BackingFile");
        assertThat(answer.body().path("detail").asText())
                .isEqualTo(
                        "The object imports/111111111111/overlay in us-east-1 is a qcow2 image over \"base.qcow2\", which"
                                + " holds the rest of its bytes; keep that file where it is named, make one file of both with"
                                + " `qemu-img convert -O qcow2 FILE NEW`, and upload NEW");
        assertThat(cloud.api
                        .get("/images?region=" + HOME + "&status=all&name=overlay")
                        .body()
                        .path("images"))
                .isEmpty();
    }

    /** Disks that every machine can make without any tool. */
    @ParameterizedTest
    @CsvSource({
        "nothing, , InvalidImageFormat.Empty",
        "text, , InvalidImageFormat.Unknown",
        "cut, , InvalidImageFormat.Truncated",
        "cut, raw, InvalidImageFormat.Truncated",
        "whole, vmdk, InvalidImageFormat.Mismatch",
        "luks, , InvalidImageFormat.Encrypted",
        "descriptor, , InvalidImageFormat.Split",
        "vhdx, , InvalidImageFormat.Damaged",
    })
    void a_file_of_another_kind_is_refused_with_its_code(String what, String format, String code) throws Exception {
        var bytes = switch (what) {
            case "nothing" -> new byte[0];
            case "text" -> "no disk at all".getBytes(ISO_8859_1);
            case "cut" -> Arrays.copyOf(raw, raw.length - 1);
            case "whole" -> raw;
            case "luks" -> "LUKS\u00ba\u00be".getBytes(ISO_8859_1);
            case "descriptor" -> "# Disk DescriptorFile\nRW 4096 FLAT \"disk-flat.vmdk\" 0\n".getBytes(ISO_8859_1);
            default -> Arrays.copyOf("vhdxfile".getBytes(ISO_8859_1), MIB);
        };

        var answer = imported("bad-" + what, bytes, format == null ? Map.of() : Map.of("format", format));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void a_checksum_of_other_parts_is_refused_and_names_the_part_size() throws Exception {
        var answer = imported("parts", raw, Map.of("expectedChecksum", "A".repeat(43) + "=-3"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("ImageChecksumMismatch");
        assertThat(answer.body().path("detail").asText())
                .contains("in parts of 5,242,880 bytes, which makes 4", "--part-size 5242880");
    }

    @Test
    void the_command_line_prints_the_accepted_checksum() throws Exception {
        var expected = ChecksumCommand.composite(folder.resolve("disk.raw"), 5 * MIB);
        var answer =
                imported("right", raw, Map.of("expectedChecksum", expected)).orExplain();

        assertThat(cloud.watch.untilEnded(answer.at("/copy/copyId").asText())).isEqualTo("Available");
        assertThat(image(answer.at("/image/imageId").asText())
                        .at("/checksum/value")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void another_checksum_fails_the_import_and_leaves_nothing() throws Exception {
        var bucket = RunningCloud.bucket(HOME);
        var answer = imported("wrong", raw, Map.of("expectedChecksum", "A".repeat(43) + "=-4"))
                .orExplain();
        var copyId = answer.at("/copy/copyId").asText();

        assertThat(cloud.watch.untilEnded(copyId)).isEqualTo("Failed");

        var copy = cloud.api.get("/copies/" + copyId).body();
        assertThat(copy.at("/reason/code").asText()).isEqualTo("ImageChecksumMismatch");
        assertThat(image(answer.at("/image/imageId").asText()).path("status").asText())
                .isEqualTo("CreateFailed");
        assertThat(cloud.buckets.keys(HOME, bucket, "snapshots/")).noneMatch(key -> key.endsWith(copyId.substring(1)));
        assertThat(cloud.buckets.openUploads(HOME, bucket)).noneMatch(key -> key.endsWith(copyId.substring(1)));
    }

    @Test
    void an_uploaded_disk_is_imported_when_its_tags_request_it() throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(cloud.s3() + "/" + RunningCloud.bucket(HOME) + "/" + "imports/333333333333/dropped"))
                .header("x-amz-tagging", "imageferry-name=dropped&imageferry-format=raw&imageferry-family=drops")
                .PUT(BodyPublishers.ofByteArray(raw))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);

        var images = cloud.api.as("333333333333");
        JsonNode found;
        do {
            LockSupport.parkNanos(100_000_000);
            found = images.get("/images?region=" + HOME + "&name=dropped")
                    .body()
                    .path("images");
        } while (found.isEmpty());

        assertThat(found.at("/0/status").asText()).isEqualTo("Available");
        assertThat(found.at("/0/format").asText()).isEqualTo("raw");
        assertThat(found.at("/0/family").asText()).isEqualTo("drops");
    }

    private static JsonNode image(String id) throws Exception {
        return cloud.api.get("/images/" + id).orExplain();
    }

    private static ApiClient.Answer imported(String name, byte[] bytes, Map<String, String> more) throws Exception {
        var key = "imports/" + Demo.OPERATOR + "/" + name;
        cloud.buckets.upload(HOME, RunningCloud.bucket(HOME), key, Files.write(folder.resolve(name), bytes));
        var request = new HashMap<>(Map.of("region", HOME, "name", name, "importKey", key));
        request.putAll(more);
        return cloud.api.post("/images", request);
    }
}
