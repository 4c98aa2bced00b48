package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.TinyDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** On a full disk every write is refused at once with the reason, and stored objects do not change. */
@Timeout(120)
@Tag("slow")
@Tag("timed")
class FullDiskS3Test {
    private static final byte[] DISK = Bytes.random(6 * MIB, 3);
    private static final byte[] OTHER = Bytes.random(6 * MIB, 4);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final String TAGS = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    private static final String FORM = """
            --x
            Content-Disposition: form-data; name="key"

            old
            --x
            Content-Disposition: form-data; name="file"; filename="f"

            posted
            --x--
            """.replace("\n", "\r\n");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TinyDisk disk;
    private TestStores stores;
    private S3Client s3;
    private String upload;

    /** A write, as path with query, body and one header. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to one socket
    private record Write(String method, String path, byte[] body, String header, String value) {
        Write(String method, String path, byte[] body) {
            this(method, path, body, "X-Nothing", "0");
        }
    }

    private record Answer(int status, String body, Duration took) {}

    @BeforeEach
    void start() throws Exception {
        disk = TinyDisk.mount(folder.resolve("disk"), "size=96m,nr_inodes=2000");
        stores = TestStores.in(disk.path().resolve("data"));
        s3 = stores.s3(HOME);
        s3.putObject(put -> put.bucket(HOME_BUCKET).key("old"), RequestBody.fromBytes(DISK));
        upload = s3.createMultipartUpload(create -> create.bucket(HOME_BUCKET).key("open"))
                .uploadId();
        s3.uploadPart(
                part -> part.bucket(HOME_BUCKET).key("open").uploadId(upload).partNumber(1),
                RequestBody.fromBytes(DISK));
    }

    @AfterEach
    void stop() throws Exception {
        if (disk != null) {
            disk.free();
            stores.close();
            disk.close();
        }
    }

    private Map<String, Write> writes() {
        var writes = new LinkedHashMap<String, Write>();
        writes.put("put", new Write("PUT", "/new", OTHER));
        writes.put("overwrite", new Write("PUT", "/old", OTHER));
        writes.put("copy", new Write("PUT", "/new", new byte[0], "x-amz-copy-source", HOME_BUCKET + "/old"));
        writes.put(
                "relabel", new Write("PUT", "/old?tagging", TAGS.getBytes(UTF_8), "Content-Type", "application/xml"));
        writes.put("open an upload", new Write("POST", "/new?uploads", new byte[0]));
        writes.put("open an upload over an object", new Write("POST", "/old?uploads", new byte[0]));
        writes.put("part", new Write("PUT", "/open?partNumber=2&uploadId=" + upload, OTHER));
        writes.put("part again", new Write("PUT", "/open?partNumber=1&uploadId=" + upload, OTHER));
        writes.put(
                "copied part",
                new Write(
                        "PUT",
                        "/open?partNumber=1&uploadId=" + upload,
                        new byte[0],
                        "x-amz-copy-source",
                        HOME_BUCKET + "/old"));
        writes.put(
                "form", new Write("POST", "", FORM.getBytes(UTF_8), "Content-Type", "multipart/form-data; boundary=x"));
        return writes;
    }

    @Test
    void a_write_is_refused_at_once_with_the_reason() throws Exception {
        disk.fill(0);
        for (var write : writes().entrySet()) {
            var answer = send(write.getValue());

            assertThat(answer.status()).as(write.getKey()).isEqualTo(507);
            assertThat(answer.body())
                    .as(write.getKey())
                    .startsWith("<?xml")
                    .contains("<Code>InsufficientStorage</Code>", "bytes free", "make room there");
            assertThat(answer.took()).as(write.getKey()).isLessThan(AT_ONCE);
        }
        nothingChanged();

        disk.free();
        for (var write : writes().entrySet()) {
            assertThat(send(write.getValue()).status()).as(write.getKey()).isEqualTo(200);
        }
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void an_object_does_not_use_the_room_reserved_for_records() throws Exception {
        disk.fill(20L * MIB);

        assertThat(send(writes().get("put")).status()).isEqualTo(507);
        assertThat(send(writes().get("relabel")).status()).isEqualTo(200);
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void deleting_makes_room_on_a_full_disk() throws Exception {
        disk.fill(0);

        assertThat(send(new Write("DELETE", "/old", new byte[0])).status()).isEqualTo(204);
        assertThat(send(new Write("DELETE", "/open?uploadId=" + upload, new byte[0]))
                        .status())
                .isEqualTo(204);

        assertThat(disk.path().toFile().getUsableSpace()).isGreaterThan(10L * MIB);
        assertThat(s3.listObjectsV2(list -> list.bucket(HOME_BUCKET)).contents())
                .isEmpty();
        assertThat(s3.listMultipartUploads(list -> list.bucket(HOME_BUCKET)).uploads())
                .isEmpty();
    }

    /** Each number of remaining inodes ends the write at another place. */
    @TestFactory
    Stream<DynamicTest> a_write_that_fails_half_way_leaves_what_was_stored() {
        return Stream.of("overwrite", "open an upload over an object", "part again", "copied part", "form", "relabel")
                .map(name -> DynamicTest.dynamicTest(name, () -> failsAtEachPlace(name)));
    }

    private void failsAtEachPlace(String name) throws Exception {
        var failed = false;
        for (var inodes = 0; inodes < 6; inodes++) {
            disk.takeInodes(inodes);
            var answer = send(writes().get(name));
            disk.free();
            if (answer.status() != 200) {
                failed = true;
                assertThat(answer.body()).startsWith("<?xml").contains("<Code>");
                nothingChanged();
            } else {
                restored(name);
            }
            assertThat(leftOver()).isEmpty();
        }
        assertThat(failed).isTrue();
    }

    private void restored(String name) {
        s3.putObject(put -> put.bucket(HOME_BUCKET).key("old"), RequestBody.fromBytes(DISK));
        if (name.contains("part")) {
            s3.uploadPart(
                    part -> part.bucket(HOME_BUCKET)
                            .key("open")
                            .uploadId(upload)
                            .partNumber(1),
                    RequestBody.fromBytes(DISK));
        }
    }

    @Test
    void an_upload_whose_completion_failed_at_its_end_is_completed_by_the_next_try() throws Exception {
        var parts = s3.listParts(list -> list.bucket(HOME_BUCKET).key("open").uploadId(upload))
                .parts();
        // Twice each: the first attempt leaves a folder, so the second gets further.
        for (var inodes : new int[] {0, 0, 1, 1, 2, 2, 3, 3}) {
            disk.takeInodes(inodes);
            send(new Write(
                    "POST",
                    "/open?uploadId=" + upload,
                    completion(parts.getFirst().eTag())));
            disk.free();
        }
        s3.completeMultipartUpload(complete -> complete.bucket(HOME_BUCKET)
                .key("open")
                .uploadId(upload)
                .multipartUpload(list -> list.parts(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(parts.getFirst().eTag())
                        .build())));

        assertThat(object("open")).isEqualTo(DISK);
        assertThat(s3.listMultipartUploads(list -> list.bucket(HOME_BUCKET)).uploads())
                .isEmpty();
    }

    private static byte[] completion(String eTag) {
        return ("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><ETag>" + eTag
                        + "</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>")
                .getBytes(UTF_8);
    }

    private void nothingChanged() {
        assertThat(object("old")).isEqualTo(DISK);
        var parts = s3.listParts(list -> list.bucket(HOME_BUCKET).key("open").uploadId(upload))
                .parts();
        assertThat(parts)
                .singleElement()
                .satisfies(part -> assertThat(part.eTag())
                        .isEqualTo(
                                s3.headObject(head -> head.bucket(HOME_BUCKET).key("old"))
                                        .eTag()));
    }

    private byte[] object(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(HOME_BUCKET).key(key)).asByteArray();
    }

    /** Files that no reader can see. */
    private Stream<Path> leftOver() throws IOException {
        var data = disk.path().resolve("data");
        try (var files = Files.walk(data)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(data.resolve("incoming"))
                            || file.getFileName().toString().startsWith(".")
                            || file.getFileName().toString().contains(".next"))
                    .toList()
                    .stream();
        }
    }

    private Answer send(Write write) throws Exception {
        var uri = URI.create(stores.stores.s3() + "/" + HOME_BUCKET + write.path());
        var request = HttpRequest.newBuilder(uri)
                .method(write.method(), BodyPublishers.ofByteArray(write.body()))
                .header(write.header(), write.value())
                .build();
        var began = System.nanoTime();
        var answer = http.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), Duration.ofNanos(System.nanoTime() - began));
    }
}
