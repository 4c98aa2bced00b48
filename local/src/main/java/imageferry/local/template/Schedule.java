package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A function that runs at intervals; without an input it gets the scheduler's own event. */
public record Schedule(
        String function,
        String name,
        Duration rate,
        @Nullable JsonNode input) {}
