package imageferry.local.store;

import java.util.Optional;
import java.util.Set;

/** Decides, as IAM would, whether a caller may make a request to a store. */
@FunctionalInterface
public interface AccessCheck {
    /**
     * Returns the reason for a refusal, in one sentence for the caller; empty when the request is allowed.
     *
     * @param accessKeyId the signer's key; empty for an unsigned request
     * @param action the IAM action, for example {@code s3:GetObject} or {@code dynamodb:Query}
     * @param resourceArn the resource, for example {@code arn:aws:s3:::bucket/key}
     * @param leadingKeys the partition keys of the table's items in the request
     */
    Optional<String> refusal(String accessKeyId, String action, String resourceArn, Set<String> leadingKeys);

    /** Applies this check, then the other one to the requests that this one allows. */
    default AccessCheck then(AccessCheck other) {
        return (accessKeyId, action, resourceArn, leadingKeys) -> refusal(accessKeyId, action, resourceArn, leadingKeys)
                .or(() -> other.refusal(accessKeyId, action, resourceArn, leadingKeys));
    }

    /** Returns a check that allows every request. */
    static AccessCheck lenient() {
        return (accessKeyId, action, resourceArn, leadingKeys) -> Optional.empty();
    }
}
