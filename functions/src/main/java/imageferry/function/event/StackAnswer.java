package imageferry.function.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The answer to CloudFormation, at most 4 KiB.
 *
 * @param reason in one sentence, for readers of the stack's events; absent on success
 */
public record StackAnswer(
        @JsonProperty("Status") String status,
        @JsonProperty("Reason") @Nullable String reason,
        @JsonProperty("PhysicalResourceId") String physicalId,
        @JsonProperty("StackId") @Nullable String stackId,
        @JsonProperty("RequestId") @Nullable String requestId,
        @JsonProperty("LogicalResourceId") @Nullable String logicalId) {
    public static StackAnswer yes(StackRequest request) {
        return of(request, "SUCCESS", null);
    }

    public static StackAnswer no(StackRequest request, String reason) {
        return of(request, "FAILED", reason);
    }

    /** Always answers the same id: after another one CloudFormation would delete the resource of the first. */
    private static StackAnswer of(StackRequest request, String status, @Nullable String reason) {
        return new StackAnswer(
                status, reason, "imageferry-regions", request.stackId(), request.requestId(), request.logicalId());
    }
}
