package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME;
import static imageferry.local.store.TestStores.HOME_BUCKET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.adobe.testing.s3mock.common.AwsHttpHeaders.MetadataDirective;
import com.adobe.testing.s3mock.s3.dto.CopySource;
import com.adobe.testing.s3mock.s3.dto.ObjectKey;
import com.adobe.testing.s3mock.s3.dto.ObjectOwnership;
import com.adobe.testing.s3mock.s3.dto.StorageClass;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import com.adobe.testing.s3mock.s3.store.BucketStore;
import com.adobe.testing.s3mock.s3.store.MultipartStore;
import com.adobe.testing.s3mock.s3.store.ObjectStore;
import com.adobe.testing.s3mock.s3.store.StoreConfiguration;
import imageferry.local.Await;
import imageferry.local.data.DataDisk;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** New labels of an object apply only to the object that was read. One that is written meanwhile keeps its own. */
@Tag("slow")
@Timeout(60)
class RelabelledObjectsTest {
    private static final ObjectKey KEY = new ObjectKey("disk.img");

    @TempDir
    private Path data;

    @Test
    void an_object_that_is_written_while_it_is_copied_onto_itself_keeps_its_labels() throws Exception {
        var folder = Files.createDirectory(data.resolve("s3"));
        var json = new AtomicJsonMapper(JsonMapper.builder().findAndAddModules());
        var format = StoreConfiguration.Companion.getS3_OBJECT_DATE_FORMAT();
        var bucketStore = new BucketStore(folder.toFile(), format, HOME, json);
        var objectStore = new ObjectStore(format, json);
        bucketStore.createBucket(HOME_BUCKET, false, ObjectOwnership.BUCKET_OWNER_ENFORCED, HOME, null, null);
        var settings = new StoreSettings(
                data, 0, "imageferry", "111111111111", HOME, List.of(HOME), AccessCheck.lenient(), created -> {});
        var stored = new StoredObjects(settings, bucketStore, objectStore, json);
        var disk = DataDisk.of(folder);
        var objects = new ObjectService(bucketStore, objectStore);
        var controller = new LocalObjectController(
                new BucketService(bucketStore, objectStore),
                objects,
                new Incoming(Files.createDirectory(data.resolve("incoming")), disk),
                stored,
                new OpenUploads(bucketStore, objectStore, new MultipartStore(objectStore, json), stored, json),
                disk);
        put(controller, "old");
        var writer = Thread.ofPlatform().unstarted(() -> put(controller, "new"));

        controller.copyObject(
                HOME_BUCKET,
                KEY,
                new CopySource(HOME_BUCKET, KEY.getKey(), null),
                MetadataDirective.COPY,
                List.of(),
                List.of(),
                new DuringComparison(() -> {
                    writer.start();
                    return Await.until(
                            "the write, or its wait for the copy",
                            Duration.ofSeconds(20),
                            () -> !writer.isAlive() || stored.changing.hasQueuedThread(writer),
                            written -> written);
                }),
                null,
                StorageClass.STANDARD_IA,
                new HttpHeaders());
        writer.join();

        assertThat(ObjectLabels.of(objects.verifyObjectExists(HOME_BUCKET, KEY.getKey(), null))
                        .userMetadata())
                .containsValue("new");
    }

    @Test
    void an_object_that_is_written_while_it_is_restored_keeps_its_labels() throws Exception {
        try (var stores = TestStores.in(data)) {
            var raw = new RawS3(stores.stores.s3());
            var path = "/" + HOME_BUCKET + "/disk.img";
            raw.send("PUT", path, "disk", "x-amz-storage-class: GLACIER", "x-amz-meta-a: old");
            try (var socket = new Socket(
                    InetAddress.ofLiteral("127.0.0.1"), stores.stores.s3().getPort())) {
                var body = "<RestoreRequest><Days>2</Days></RestoreRequest>";
                socket.getOutputStream()
                        .write(("POST " + path + "?restore HTTP/1.1\r\nHost: s3\r\nConnection: close\r\n"
                                        + "Content-Type: text/xml\r\nContent-Length: " + body.length() + "\r\n\r\n<")
                                .getBytes(UTF_8));
                for (var request = 0; request < 5; request++) {
                    raw.send("PUT", path, "disk", "x-amz-storage-class: GLACIER", "x-amz-meta-a: new");
                }

                socket.getOutputStream().write(body.substring(1).getBytes(UTF_8));

                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 202");
            }
            var head = raw.send("HEAD", path, "");
            assertThat(head.metadata()).containsEntry("x-amz-meta-a", "new");
            assertThat(head.header("x-amz-restore")).isPresent();
        }
    }

    private static void put(LocalObjectController controller, String label) {
        var headers = new HttpHeaders();
        headers.set("x-amz-meta-a", label);
        controller.putObject(
                HOME_BUCKET,
                KEY,
                null,
                null,
                null,
                null,
                null,
                StorageClass.STANDARD,
                headers,
                new ByteArrayInputStream(label.getBytes(UTF_8)));
    }

    /** Conditions that run an action before they are checked. */
    private static final class DuringComparison extends AbstractList<Instant> {
        private final Callable<Boolean> first;
        private boolean looked;

        DuringComparison(Callable<Boolean> first) {
            this.first = first;
        }

        @Override
        public int size() {
            if (!looked) {
                looked = true;
                try {
                    first.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return 0;
        }

        @Override
        public Instant get(int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }
}
