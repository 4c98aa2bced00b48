package imageferry.local.machine.definition;

/** The reserved error names that this runner raises or treats specially. */
public final class ErrorNames {
    /** In a Retry or Catch: every error but {@link #RUNTIME} and {@link #DATA_LIMIT_EXCEEDED}. */
    public static final String ALL = "States.ALL";

    /** In a Retry or Catch: every error of {@link #ALL} but {@link #TIMEOUT}. */
    public static final String TASK_FAILED = "States.TaskFailed";

    public static final String TIMEOUT = "States.Timeout";
    public static final String RUNTIME = "States.Runtime";
    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    public static final String QUERY_EVALUATION = "States.QueryEvaluationError";
    public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

    /** The name that Step Functions gives to a function error without a type. */
    public static final String LAMBDA_UNKNOWN = "Lambda.Unknown";

    private ErrorNames() {}
}
