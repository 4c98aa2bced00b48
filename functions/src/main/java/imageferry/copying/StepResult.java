package imageferry.copying;

import java.util.function.Function;

/**
 * The result of one step of the workflow. Outages are exceptions and are tried again; these are answers.
 */
public sealed interface StepResult<T> {
    record Done<T>(T value) implements StepResult<T> {}

    /** The copy was cancelled, failed or finished by another process: this step has nothing more to do. */
    record Stopped<T>(Copy copy) implements StepResult<T> {}

    /** A rule no longer holds; trying again would not help. */
    record Refused<T>(Reason reason) implements StepResult<T> {}

    /** The bytes differ from the expected ones; trying again would not help. */
    record Corrupt<T>(Reason reason) implements StepResult<T> {}

    /** Continues with the value of a step that is done; returns every other result unchanged. */
    default <U> StepResult<U> then(Function<T, StepResult<U>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Stopped<T>(Copy copy) -> new Stopped<>(copy);
            case Refused<T>(Reason reason) -> new Refused<>(reason);
            case Corrupt<T>(Reason reason) -> new Corrupt<>(reason);
        };
    }
}
