package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archived objects, and objects under a customer's key, are stored here and not readable, as in S3. */
@Tag("slow")
class UnreadableObjectsTest extends OverRawS3 {
    private static final String PATH = "/" + HOME_BUCKET + "/imports/222222222222/disk.img";
    private static final byte[] CUSTOMER_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"GLACIER", "DEEP_ARCHIVE"})
    void an_archived_object_has_metadata_and_cannot_be_read(String storageClass) throws Exception {
        raw.send("PUT", PATH, "disk", "x-amz-storage-class: " + storageClass);

        var head = raw.send("HEAD", PATH, "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("x-amz-storage-class")).hasValue(storageClass);
        var read = raw.send("GET", PATH, "");
        assertThat(read.status()).isEqualTo(403);
        assertThat(read.code()).isEqualTo("InvalidObjectState");
        assertThat(read.body()).contains("<StorageClass>" + storageClass + "</StorageClass>");
    }

    @Test
    void an_archived_object_is_not_copied_whole_or_in_parts() throws Exception {
        raw.send("PUT", PATH, "disk", "x-amz-storage-class: GLACIER");
        var upload = upload();

        var whole = raw.send("PUT", PATH + ".copy", "", "x-amz-copy-source: " + PATH);
        var part = raw.send("PUT", PATH + ".parts?partNumber=1&uploadId=" + upload, "", "x-amz-copy-source: " + PATH);

        assertThat(whole.status()).isEqualTo(403);
        assertThat(whole.code()).isEqualTo("ObjectNotInActiveTierError");
        assertThat(part.status()).isEqualTo(403);
        assertThat(part.code()).isEqualTo("InvalidObjectState");
    }

    @Test
    void a_restored_object_can_be_read() throws Exception {
        raw.send("PUT", PATH, "disk", "x-amz-storage-class: DEEP_ARCHIVE", "x-amz-meta-a: b");

        var restore = raw.send(
                "POST", PATH + "?restore", "<RestoreRequest><Days>2</Days></RestoreRequest>", "Content-Type: text/xml");

        assertThat(restore.status()).isEqualTo(202);
        var read = raw.send("GET", PATH, "");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).isEqualTo("disk");
        assertThat(read.header("x-amz-restore").orElseThrow()).startsWith("ongoing-request=\"false\", expiry-date=\"");
        assertThat(read.metadata()).containsEntry("x-amz-meta-a", "b");
    }

    @Test
    void a_copy_of_a_restored_object_was_not_restored_itself() throws Exception {
        raw.send("PUT", PATH, "disk", "x-amz-storage-class: GLACIER", "Cache-Control: no-store");
        raw.send(
                "POST", PATH + "?restore", "<RestoreRequest><Days>2</Days></RestoreRequest>", "Content-Type: text/xml");

        assertThat(raw.send("PUT", PATH + ".copy", "", "x-amz-copy-source: " + PATH, "x-amz-storage-class: GLACIER")
                        .status())
                .isEqualTo(200);

        assertThat(raw.send("HEAD", PATH, "").header("x-amz-restore")).isPresent();
        var copy = raw.send("HEAD", PATH + ".copy", "");
        assertThat(copy.header("x-amz-restore")).isEmpty();
        assertThat(copy.header("Cache-Control")).hasValue("no-store");
        assertThat(raw.send("GET", PATH + ".copy", "").code()).isEqualTo("InvalidObjectState");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR"})
    void an_object_of_another_class_can_be_read_at_once(String storageClass) throws Exception {
        raw.send("PUT", PATH, "disk", "x-amz-storage-class: " + storageClass);

        assertThat(raw.send("GET", PATH, "").body()).isEqualTo("disk");
    }

    @Test
    void an_object_under_the_uploader_s_key_can_be_read_with_the_key() throws Exception {
        raw.send("PUT", PATH, "disk", customerKey(CUSTOMER_KEY));

        assertThat(raw.send("GET", PATH, "").code()).isEqualTo("InvalidRequest");
        assertThat(raw.send("GET", PATH, "").status()).isEqualTo(400);
        assertThat(raw.send("HEAD", PATH, "").status()).isEqualTo(400);
        assertThat(raw.send("PUT", PATH + ".copy", "", "x-amz-copy-source: " + PATH)
                        .status())
                .isEqualTo(400);
        assertThat(raw.send("PUT", PATH + ".parts?partNumber=1&uploadId=" + upload(), "", "x-amz-copy-source: " + PATH)
                        .status())
                .isEqualTo(400);
        assertThat(raw.send("GET", PATH, "", customerKey("f".repeat(32).getBytes(StandardCharsets.US_ASCII)))
                        .status())
                .isEqualTo(403);
        var read = raw.send("GET", PATH, "", customerKey(CUSTOMER_KEY));
        assertThat(read.body()).isEqualTo("disk");
        assertThat(read.header("x-amz-server-side-encryption-customer-algorithm"))
                .hasValue("AES256");
    }

    @Test
    void the_uploader_s_key_is_neither_stored_nor_returned() throws Exception {
        var secret = Base64.getEncoder().encodeToString(CUSTOMER_KEY);

        var put = raw.send("PUT", PATH, "disk", customerKey(CUSTOMER_KEY));

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.headers()).noneMatch(line -> line.contains(secret));
        assertThat(raw.send("GET", PATH, "", customerKey(CUSTOMER_KEY)).headers())
                .noneMatch(line -> line.contains(secret));
        try (var files = Files.walk(data.resolve("s3"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> text(file).contains(secret));
        }
    }

    @Test
    void the_uploader_s_key_is_not_returned_for_a_part_either() throws Exception {
        var secret = Base64.getEncoder().encodeToString(CUSTOMER_KEY);
        var part = PATH + ".parts?partNumber=1&uploadId=" + upload();

        var put = raw.send("PUT", part, "disk", customerKey(CUSTOMER_KEY));

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.headers()).noneMatch(line -> line.contains(secret));
        assertThat(put.header("x-amz-server-side-encryption-customer-algorithm"))
                .hasValue("AES256");
    }

    @ParameterizedTest
    @CsvSource({"GET, tagging", "GET, attributes"})
    void the_metadata_of_an_archived_object_are_returned(String method, String what) throws Exception {
        raw.send("PUT", PATH, "disk", "x-amz-storage-class: GLACIER");

        assertThat(raw.send(method, PATH + "?" + what, "", "x-amz-object-attributes: ETag")
                        .status())
                .isEqualTo(200);
    }

    private static String upload() throws IOException {
        return raw.send("POST", PATH + ".parts?uploads", "")
                .body()
                .replaceFirst("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    }

    private static String[] customerKey(byte[] key) throws Exception {
        var prefix = "x-amz-server-side-encryption-customer-";
        return new String[] {
            prefix + "algorithm: AES256",
            prefix + "key: " + Base64.getEncoder().encodeToString(key),
            prefix + "key-MD5: "
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("MD5").digest(key))
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
