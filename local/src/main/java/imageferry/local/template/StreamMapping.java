package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table stream that feeds one function. No filter means every record; {@code maximumRetries} and
 * {@code maximumAge} are unlimited when absent.
 */
public record StreamMapping(
        String function,
        String name,
        String streamArn,
        int batchSize,
        List<JsonNode> filters,
        boolean reportsItemFailures,
        boolean bisects,
        @Nullable Integer maximumRetries,
        @Nullable Duration maximumAge,
        boolean keepsUndelivered) {
    public StreamMapping {
        filters = List.copyOf(filters);
    }
}
