package imageferry.local.machine;

/** The statuses of Step Functions; nothing here aborts an execution yet. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
}
