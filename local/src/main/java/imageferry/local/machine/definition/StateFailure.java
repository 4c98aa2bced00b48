package imageferry.local.machine.definition;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failure of a state, with an error name that a Retry or Catch may handle. */
public final class StateFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String error;
    private final @Nullable String reason;

    public StateFailure(String error, String cause) {
        this(Optional.of(error), Optional.of(cause));
    }

    /** A Fail state may name neither its error nor its cause. */
    public StateFailure(Optional<String> error, Optional<String> cause) {
        // Failures are expected and can come by the thousand, so they have no stack trace.
        super(error.orElse("") + ": " + cause.orElse(""), null, false, false);
        this.error = error.orElse(null);
        this.reason = cause.orElse(null);
    }

    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    public Optional<String> cause() {
        return Optional.ofNullable(reason);
    }
}
