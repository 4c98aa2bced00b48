package imageferry.local.store;

import static imageferry.local.store.Bytes.MIB;
import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Any S3 client can put a disk under imports/, whole or in parts, with or without checksums, and it is announced. */
@Tag("slow")
class UploadsByAnyClientTest {
    private static final String KEY = "imports/222222222222/disk.img";
    private static final byte[] DISK = Bytes.random(6 * MIB, 3);

    @TempDir
    private static Path data;

    private static TestStores stores;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        stores = TestStores.in(data);
        s3 = stores.s3(HOME);
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @BeforeEach
    void forget() {
        stores.created.clear();
    }

    @Test
    void a_body_without_signature_or_checksum_is_stored_and_announced() throws Exception {
        var put = HttpRequest.newBuilder(stores.stores.s3().resolve("/" + HOME_BUCKET + "/" + KEY))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(DISK))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(put, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);

        assertThat(stored(KEY)).isEqualTo(DISK);
        var eTag = s3.headObject(r -> r.bucket(HOME_BUCKET).key(KEY)).eTag();
        assertThat(stores.created)
                .containsExactly(new CreatedObject(HOME_BUCKET, HOME, KEY, DISK.length, eTag.replace("\"", "")));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void a_body_with_a_checksum_is_stored_with_it(ChecksumAlgorithm algorithm) {
        s3.putObject(r -> r.bucket(HOME_BUCKET).key(KEY).checksumAlgorithm(algorithm), RequestBody.fromBytes(DISK));

        assertThat(stored(KEY)).isEqualTo(DISK);
        assertThat(stores.created).hasSize(1);
    }

    @Test
    void a_body_with_a_wrong_checksum_is_refused() {
        var refused = catchThrowableOfType(
                S3Exception.class,
                () -> s3.putObject(
                        r -> r.bucket(HOME_BUCKET).key("bad").checksumSHA256(Bytes.sha256(DISK, 0, 1)),
                        RequestBody.fromBytes(DISK)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(s3.listObjectsV2(r -> r.bucket(HOME_BUCKET).prefix("bad")).contents())
                .isEmpty();
        assertThat(arriving()).isEmpty();
    }

    @Test
    void a_body_that_breaks_off_leaves_nothing() throws IOException {
        var address = stores.stores.s3();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("PUT /" + HOME_BUCKET
                                    + "/broken HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nonly this")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            // Reads to the end, because then the server has finished the request.
            socket.getInputStream().readAllBytes();
        }

        assertThat(s3.listObjectsV2(r -> r.bucket(HOME_BUCKET).prefix("broken")).contents())
                .isEmpty();
        assertThat(arriving()).isEmpty();
    }

    @Test
    void an_upload_in_parts_needs_no_checksums() {
        var upload =
                s3.createMultipartUpload(r -> r.bucket(HOME_BUCKET).key(KEY)).uploadId();
        var first = part(upload, 1, Arrays.copyOfRange(DISK, 0, 5 * MIB));
        var second = part(upload, 2, Arrays.copyOfRange(DISK, 5 * MIB, DISK.length));
        s3.completeMultipartUpload(
                r -> r.bucket(HOME_BUCKET).key(KEY).uploadId(upload).multipartUpload(m -> m.parts(first, second)));

        assertThat(stored(KEY)).isEqualTo(DISK);
        assertThat(stores.created).extracting(CreatedObject::size).containsExactly((long) DISK.length);
        var parts = s3.getObjectAttributes(
                        r -> r.bucket(HOME_BUCKET).key(KEY).objectAttributes(ObjectAttributes.OBJECT_PARTS))
                .objectParts();
        assertThat(parts.totalPartsCount()).isEqualTo(2);
        assertThat(parts.parts()).isEmpty();
    }

    @Test
    void only_imports_are_announced() {
        s3.putObject(r -> r.bucket(HOME_BUCKET).key("snapshots/s-1"), RequestBody.fromString("x"));

        assertThat(stores.created).isEmpty();
    }

    @Test
    void an_overwritten_object_leaves_no_old_bytes_behind() {
        s3.putObject(r -> r.bucket(HOME_BUCKET).key("over"), RequestBody.fromString("old"));
        s3.putObject(r -> r.bucket(HOME_BUCKET).key("over"), RequestBody.fromString("new"));
        s3.copyObject(r -> r.sourceBucket(HOME_BUCKET)
                .sourceKey("over")
                .destinationBucket(HOME_BUCKET)
                .destinationKey("copy of over"));

        assertThat(stored("over")).asString().isEqualTo("new");
        assertThat(stored("copy of over")).asString().isEqualTo("new");
        assertThat(filesHolding("old")).isZero();
        assertThat(filesHolding("new")).isEqualTo(2);
    }

    @Test
    void an_object_is_put_only_if_absent_on_request() {
        s3.putObject(r -> r.bucket(HOME_BUCKET).key("first").ifNoneMatch("*"), RequestBody.fromString("1"));

        var refused = catchThrowableOfType(
                S3Exception.class,
                () -> s3.putObject(
                        r -> r.bucket(HOME_BUCKET).key("first").ifNoneMatch("*"), RequestBody.fromString("2")));
        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(stored("first")).asString().isEqualTo("1");
    }

    private static CompletedPart part(String upload, int number, byte[] bytes) {
        var eTag = s3.uploadPart(
                        r -> r.bucket(HOME_BUCKET).key(KEY).uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }

    private static byte[] stored(String key) {
        return s3.getObjectAsBytes(r -> r.bucket(HOME_BUCKET).key(key)).asByteArray();
    }

    private static String[] arriving() {
        return data.resolve("incoming").toFile().list();
    }

    private static long filesHolding(String text) {
        try (var files = Files.walk(data.resolve("s3"))) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toFile().length() == text.length())
                    .filter(file -> read(file).equals(text))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
