package imageferry.local.machine;

/** The statuses of Step Functions; {@code ABORTED} never occurs here. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
}
