package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An object that readers can see is announced, even if the cleanup after it fails. */
@Tag("slow")
class AnnouncedObjectsTest {
    private static final String KEY = "imports/222222222222/disk.img";
    private static final String PATH = "/" + HOME_BUCKET + "/" + KEY;

    @TempDir
    private Path data;

    @Test
    void an_upload_whose_cleanup_fails_is_announced() throws Exception {
        try (var stores = TestStores.in(data);
                var s3 = stores.s3(HOME)) {
            var raw = new RawS3(stores.stores.s3());
            raw.send("PUT", PATH, "old");
            makeUndeletable(bytesOfTheOnlyObject());
            var upload = s3.createMultipartUpload(r -> r.bucket(HOME_BUCKET).key(KEY))
                    .uploadId();
            var part = CompletedPart.builder()
                    .partNumber(1)
                    .eTag(s3.uploadPart(
                                    r -> r.bucket(HOME_BUCKET)
                                            .key(KEY)
                                            .uploadId(upload)
                                            .partNumber(1),
                                    RequestBody.fromString("disk"))
                            .eTag())
                    .build();
            stores.created.clear();

            var completed = raw.send(
                    "POST",
                    PATH + "?uploadId=" + upload,
                    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.eTag()
                            + "</ETag></Part></CompleteMultipartUpload>",
                    "Content-Type: application/xml");

            assertThat(completed.status()).isEqualTo(500);
            assertThat(raw.send("GET", PATH, "").body()).isEqualTo("disk");
            assertThat(stores.created).extracting(CreatedObject::key).containsExactly(KEY);
            assertThat(s3.completeMultipartUpload(r -> r.bucket(HOME_BUCKET)
                                    .key(KEY)
                                    .uploadId(upload)
                                    .multipartUpload(m -> m.parts(part)))
                            .key())
                    .isEqualTo(KEY);
        }
    }

    private Path bytesOfTheOnlyObject() throws IOException {
        try (var files = Files.walk(data.resolve("s3"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("binaryData-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Even the superuser cannot delete a folder that is not empty. */
    private static void makeUndeletable(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        Files.createFile(file.resolve("inside"));
    }
}
