package imageferry.account;

/**
 * Who asks, as the platform vouches for it.
 *
 * @param arn the IAM principal; kept on whatever the caller changes
 * @param operator whether the account is the one that owns the stack
 */
public record Caller(AccountId account, String arn, boolean operator) {
    /** Stands where a record says who, and nobody called: the workflow went on by itself. */
    public static final String WORKFLOW = "workflow";
}
