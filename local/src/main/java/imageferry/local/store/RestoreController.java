package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.ObjectKey;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Restores an object from its archive, at once where S3 takes hours; S3Mock has no archive. */
@Controller
class RestoreController {
    private static final Pattern DAYS = Pattern.compile("<Days>\\s*(\\d{1,5})\\s*</Days>");

    private final BucketService buckets;
    private final ObjectService objects;
    private final StoredObjects stored;
    private final InstantSource clock;

    RestoreController(BucketService buckets, ObjectService objects, StoredObjects stored, InstantSource clock) {
        this.buckets = buckets;
        this.objects = objects;
        this.stored = stored;
        this.clock = clock;
    }

    @PostMapping(value = "/{bucketName:.+}/{*key}", params = "restore")
    public ResponseEntity<Void> restore(
            @PathVariable("bucketName") String bucketName, @PathVariable("key") ObjectKey key, InputStream body)
            throws IOException {
        var bucket = buckets.verifyBucketExists(bucketName);
        objects.verifyObjectExists(bucketName, key.getKey(), null);
        var days = DAYS.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        var expiry = clock.instant().plus(Duration.ofDays(days.find() ? Integer.parseInt(days.group(1)) : 1));
        var restored = "ongoing-request=\"false\", expiry-date=\""
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(expiry.atOffset(ZoneOffset.UTC)) + "\"";
        var again = new AtomicBoolean();
        stored.relabel(bucket, key.getKey(), object -> {
            again.set(isRestored(object));
            return ObjectLabels.of(object).with(Unreadable.RESTORED, restored);
        });
        return ResponseEntity.status(again.get() ? 200 : 202).build();
    }

    private static boolean isRestored(S3ObjectMetadata object) {
        if (!Unreadable.isArchived(object)) {
            throw new S3Exception(
                    403, "InvalidObjectState", "Restore is not allowed for the object's current storage class");
        }
        return ObjectLabels.of(object).storeHeaders().containsKey(Unreadable.RESTORED);
    }
}
