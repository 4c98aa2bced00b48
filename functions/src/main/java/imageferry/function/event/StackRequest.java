package imageferry.function.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.region.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CloudFormation's request to the resource that represents the stack's regions.
 *
 * @param type {@code Create}, {@code Update} or {@code Delete}
 * @param responseUrl a secret link for the answer; absent in a call that only asks for the result
 * @param before the properties that an update replaces
 */
public record StackRequest(
        @JsonProperty("RequestType") String type,
        @JsonProperty("ResponseURL") @Nullable String responseUrl,
        @JsonProperty("StackId") @Nullable String stackId,
        @JsonProperty("RequestId") @Nullable String requestId,
        @JsonProperty("LogicalResourceId") @Nullable String logicalId,
        @JsonProperty("ResourceProperties") Properties properties,
        @JsonProperty("OldResourceProperties") @Nullable Properties before) {
    public record Properties(@JsonProperty("Regions") List<String> regions) {
        List<Region> named() {
            return regions.stream().map(Region::new).toList();
        }
    }

    /** Returns the regions that the stack would no longer serve. */
    public List<Region> regionsGivenUp() {
        return switch (type) {
            case "Delete" -> properties.named();
            case "Update" ->
                before == null
                        ? List.of()
                        : before.named().stream()
                                .filter(region -> !properties.named().contains(region))
                                .toList();
            default -> List.of();
        };
    }
}
