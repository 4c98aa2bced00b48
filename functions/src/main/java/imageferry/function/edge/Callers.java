package imageferry.function.edge;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.rule.Code;
import imageferry.rule.Result;

/**
 * Identifies the caller by the gateway's own facts only: no header and no body can name a caller.
 *
 * @param operator the account that owns the stack
 * @param samLocal whether this runs under {@code sam local}, which knows no identities
 */
public record Callers(AccountId operator, boolean samLocal) {
    private static final AccountId DEVELOPER = new AccountId("111111111111");

    /** Returns the caller; refuses the call when the gateway names none. */
    public Result<Caller> of(ApiRequest request) {
        var context = request.requestContext();
        var identity = context == null ? null : context.identity();
        var account = identity == null ? null : identity.accountId();
        if (identity != null && account != null && AccountId.isOne(account)) {
            var arn = identity.userArn();
            return Result.accepted(caller(new AccountId(account), arn == null ? account : arn));
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
        return new Caller(account, arn, account.equals(operator));
    }
}
