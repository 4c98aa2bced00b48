package imageferry.local.wire;

import java.util.Optional;

/** Decides whether the owner of an access key may do something, as its role's policy would. */
@FunctionalInterface
public interface CallAccessCheck {
    /**
     * Why not; nothing if it may.
     *
     * @param action as policies spell it, such as {@code states:StartExecution}
     */
    Optional<String> refusal(String accessKeyId, String action, String resourceArn);
}
