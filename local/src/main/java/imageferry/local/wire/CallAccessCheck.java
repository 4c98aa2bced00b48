package imageferry.local.wire;

import java.util.Optional;

/** Decides, by the policy of its role, whether the owner of an access key may make a call. */
@FunctionalInterface
public interface CallAccessCheck {
    /**
     * Returns the reason for a refusal; empty if the call is allowed.
     *
     * @param action as policies spell it, such as {@code states:StartExecution}
     */
    Optional<String> refusal(String accessKeyId, String action, String resourceArn);
}
