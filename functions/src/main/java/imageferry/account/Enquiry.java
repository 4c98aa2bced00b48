package imageferry.account;

import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.util.Optional;

/** Rule 12: a caller may read the records of their own account; the operator may read those of every account. */
public final class Enquiry {
    private Enquiry() {}

    /**
     * Returns the violation when a caller may not read the records of that account.
     *
     * @param account as the caller wrote it
     */
    public static Optional<Violation> requiresOwn(Caller caller, String account) {
        return Violation.when(
                        !AccountId.isOne(account),
                        Code.INVALID_ACCOUNT_ID,
                        "account",
                        account,
                        "\"" + account + "\" is not an account id; give 12 digits")
                .or(() -> Violation.when(
                        !caller.operator() && !caller.account().value().equals(account),
                        Code.NOT_OPERATOR,
                        "account",
                        account,
                        "Only the operator may see the records of other accounts; leave account out to see your own"));
    }
}
