package imageferry.function.edge;

import imageferry.account.Access;
import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.rule.Code;
import imageferry.rule.Result;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the caller by the gateway's own facts only: no header and no body can name a caller.
 *
 * @param operator the account that owns the stack
 * @param access the accounts that may call beside it, and its approvers
 * @param samLocal whether this runs under {@code sam local}, which knows no identities
 */
public record Callers(AccountId operator, Access access, boolean samLocal) {
    private static final AccountId DEVELOPER = new AccountId("111111111111");

    /** Returns the caller; refuses the call when the gateway names none, or one that is not allowed. */
    public Result<Caller> of(ApiRequest request) {
        var context = request.requestContext();
        var identity = context == null ? null : context.identity();
        var account = identity == null ? null : identity.accountId();
        if (identity != null && account != null && AccountId.isOne(account)) {
            var arn = identity.userArn();
            return allowed(caller(new AccountId(account), arn == null ? account : arn), identity.principalOrgId());
        }
        return samLocal
                ? Result.accepted(caller(DEVELOPER, "sam local"))
                : Result.rejected(
                        Code.MISSING_IDENTITY,
                        "",
                        "",
                        "The request came without an AWS identity; sign it with Signature Version 4");
    }

    private Caller caller(AccountId account, String arn) {
        var isOperator = account.equals(operator);
        return new Caller(account, arn, isOperator, isOperator && access.isApprover(arn));
    }

    private Result<Caller> allowed(Caller caller, @Nullable String organization) {
        return caller.operator() || access.isAllowed(caller.account(), organization)
                ? Result.accepted(caller)
                : Result.rejected(
                        Code.ACCESS_DENIED,
                        "",
                        "",
                        "Account " + caller.account() + " may not call this API; the operator allows accounts by"
                                + " AllowedAccounts or AllowedOrganization");
    }
}
