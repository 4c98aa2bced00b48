package imageferry.local.machine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of an execution; input and output are JSON text. */
public record ExecutionDescription(
        String arn,
        String name,
        ExecutionStatus status,
        String input,
        Instant startDate,
        @Nullable Outcome outcome) {
    public record Outcome(
            @Nullable String output,
            @Nullable String error,
            @Nullable String cause,
            Instant stopDate) {}
}
