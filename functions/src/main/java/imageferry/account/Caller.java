package imageferry.account;

/**
 * The signer of a request, as authenticated by the platform.
 *
 * @param arn the IAM principal; stored with every change that the caller makes
 * @param operator whether the account is the one that owns the stack
 * @param approver whether this principal of the operator decides tickets and publishes images
 */
public record Caller(AccountId account, String arn, boolean operator, boolean approver) {
    /** The principal in the records of changes that the workflow made by itself, without a caller. */
    public static final String WORKFLOW = "workflow";

    /** A caller where every principal of the operator is an approver, as without {@code ApproverArns}. */
    public Caller(AccountId account, String arn, boolean operator) {
        this(account, arn, operator, operator);
    }
}
