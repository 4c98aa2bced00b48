package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Tests that send S3 requests byte by byte to shared stores. */
abstract class OverRawS3 {
    @TempDir
    static Path data;

    static TestStores stores;
    static RawS3 raw;

    @BeforeAll
    static void startStores() {
        stores = TestStores.in(data);
        raw = new RawS3(stores.stores.s3());
    }

    @AfterAll
    static void stopStores() {
        stores.close();
    }

    /** Opens an upload in parts of the home region's key, with these headers, and completes it with one part. */
    static void uploadInParts(String key, String... headers) throws Exception {
        var upload = raw.send("POST", "/" + HOME_BUCKET + "/" + key + "?uploads", "", headers)
                .body()
                .replaceFirst("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
        try (var s3 = stores.s3(HOME)) {
            var eTag = s3.uploadPart(
                            r -> r.bucket(HOME_BUCKET).key(key).uploadId(upload).partNumber(1),
                            RequestBody.fromString("disk"))
                    .eTag();
            s3.completeMultipartUpload(r -> r.bucket(HOME_BUCKET)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(m -> m.parts(
                            CompletedPart.builder().partNumber(1).eTag(eTag).build())));
        }
    }
}
