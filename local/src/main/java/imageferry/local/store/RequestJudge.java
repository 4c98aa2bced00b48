package imageferry.local.store;

import java.util.Optional;
import java.util.Set;

/** Says of each request at a store whether its caller may make it, as IAM would. */
@FunctionalInterface
public interface RequestJudge {

    /**
     * Why this request is refused, in one sentence for the caller; empty when it may go on.
     *
     * @param accessKeyId who signed the request; empty when nobody did
     * @param action the IAM action, for example {@code s3:GetObject} or {@code dynamodb:Query}
     * @param resourceArn what it acts on, for example {@code arn:aws:s3:::bucket/key}
     * @param leadingKeys the partition keys of the table's items that it names
     */
    Optional<String> refusal(String accessKeyId, String action, String resourceArn, Set<String> leadingKeys);

    /** Asks this judge first, and the other one about what this one lets pass. */
    default RequestJudge then(RequestJudge other) {
        return (accessKeyId, action, resourceArn, leadingKeys) -> refusal(accessKeyId, action, resourceArn, leadingKeys)
                .or(() -> other.refusal(accessKeyId, action, resourceArn, leadingKeys));
    }

    /** A judge that lets everyone do everything. */
    static RequestJudge lenient() {
        return (accessKeyId, action, resourceArn, leadingKeys) -> Optional.empty();
    }
}
