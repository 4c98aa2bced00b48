package imageferry.account;

/**
 * The signer of a request, as authenticated by the platform.
 *
 * @param arn the IAM principal; stored with every change that the caller makes
 * @param operator whether the account is the one that owns the stack
 */
public record Caller(AccountId account, String arn, boolean operator) {
    /** The principal in the records of changes that the workflow made by itself, without a caller. */
    public static final String WORKFLOW = "workflow";
}
