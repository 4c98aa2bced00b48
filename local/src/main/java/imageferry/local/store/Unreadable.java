package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.StorageClass;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether S3 returns an object's bytes: not from an archive, and under the uploader's key only with that key. */
final class Unreadable {
    /** Set on an object that was restored from its archive; S3 returns it in the header of this name. */
    static final String RESTORED = "x-amz-restore";

    private static final String CUSTOMER_KEY = "x-amz-server-side-encryption-customer-";

    private Unreadable() {}

    static boolean isArchived(S3ObjectMetadata object) {
        var storageClass = object.getStorageClass();
        return storageClass == StorageClass.GLACIER || storageClass == StorageClass.DEEP_ARCHIVE;
    }

    /**
     * Returns the reason why the request may not read its object.
     *
     * @param reads whether it reads the bytes, and not only the properties
     */
    static Optional<S3Refusal> refusal(S3Call call, S3ObjectMetadata object, boolean reads) {
        var said = object.getEncryptionHeaders() == null ? Map.of() : object.getEncryptionHeaders();
        var key = said.get(CUSTOMER_KEY + "key-md5");
        if (key != null && !key.equals(call.customerKey())) {
            return Optional.of(call.customerKey() == null ? keyIsMissing() : S3Refusal.accessDenied("Access Denied"));
        }
        var restored =
                object.getStoreHeaders() != null && object.getStoreHeaders().containsKey(RESTORED);
        return reads && isArchived(object) && !restored
                ? Optional.of(archived(call, object.getStorageClass()))
                : Optional.empty();
    }

    private static S3Refusal keyIsMissing() {
        return new S3Refusal(
                400,
                "InvalidRequest",
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to"
                        + " retrieve the object.",
                Map.of(),
                Map.of());
    }

    private static S3Refusal archived(S3Call call, @Nullable StorageClass storageClass) {
        var copiesWhole = call.copySource() != null && !call.has("uploadId");
        return copiesWhole
                ? new S3Refusal(
                        403,
                        "ObjectNotInActiveTierError",
                        "The source object of the COPY action is not in the active tier and is only stored in Amazon S3"
                                + " Glacier.",
                        Map.of(),
                        Map.of())
                : new S3Refusal(
                        403,
                        "InvalidObjectState",
                        "The operation is not valid for the object's storage class",
                        Map.of("StorageClass", String.valueOf(storageClass)),
                        Map.of());
    }
}
