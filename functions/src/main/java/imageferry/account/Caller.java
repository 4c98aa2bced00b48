package imageferry.account;

/**
 * The signer of a request, as authenticated by the platform.
 *
 * @param arn the IAM principal; kept on whatever the caller changes
 * @param operator whether the account is the one that owns the stack
 */
public record Caller(AccountId account, String arn, boolean operator) {
    /** Stands where a record says who, and nobody called: the workflow went on by itself. */
    public static final String WORKFLOW = "workflow";
}
