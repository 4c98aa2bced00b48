package imageferry.local.machine.definition;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failure of a state, with an error name that a Retry or Catch may handle. */
public final class StateFailure extends RuntimeException {
    private final @Nullable String error;
    private final @Nullable String reason;

    /** A Fail state may name neither its error nor its cause. */
    public StateFailure(@Nullable String error, @Nullable String cause) {
        // Failures are expected and can come by the thousand, so they have no stack trace.
        super(Objects.toString(error, "") + ": " + Objects.toString(cause, ""), null, false, false);
        this.error = error;
        this.reason = cause;
    }

    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    public Optional<String> cause() {
        return Optional.ofNullable(reason);
    }
}
