package imageferry.local.machine;

import java.time.Instant;
import java.util.Optional;

/** The state of an execution; input and output are JSON text. */
public record ExecutionDescription(
        String arn, String name, ExecutionStatus status, String input, Instant startDate, Optional<Outcome> outcome) {
    /** The end of an execution. */
    public record Outcome(Optional<String> output, Optional<String> error, Optional<String> cause, Instant stopDate) {}
}
