package imageferry.copying;

/**
 * How one step of the workflow ended. Outages are exceptions and are tried again; these are answers.
 */
public sealed interface StepResult<T> {

    record Done<T>(T value) implements StepResult<T> {}

    /** Meanwhile the copy was cancelled, failed or finished by somebody else: this step has nothing more to do. */
    record Stopped<T>(Copy copy) implements StepResult<T> {}

    /** A rule no longer holds; trying again would not help. */
    record Refused<T>(Reason reason) implements StepResult<T> {}

    /** The bytes are not what they must be; trying again would not help. */
    record Corrupt<T>(Reason reason) implements StepResult<T> {}
}
