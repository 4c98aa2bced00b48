package imageferry.usage;

import imageferry.account.AccountId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Rule 5: the bytes that the requests of an account in a month (UTC) move between regions. A request counts all that it is to
 * move; when one of its copies ends, what it did not move is given back to that month.
 */
public record Budget(Ledger ledger) {
    private static final String BYTES = "bytes";

    /**
     * Counts the bytes of a request if they fit.
     *
     * @param requestedAt the time of the request, which selects the month
     * @param limit in bytes for a month; 0 for none
     */
    public static Write counted(AccountId account, Instant requestedAt, long bytes, long limit) {
        return Write.update(
                key(account, month(requestedAt)),
                limit == 0 ? Condition.always() : new Condition.LessThan(BYTES, limit - bytes + 1),
                Change.add(BYTES, bytes));
    }

    /** Counts bytes that the operator approved, or that a copy moved beyond its estimate; gives them back if negative. */
    public static Write corrected(AccountId account, Instant requestedAt, long bytes) {
        return counted(account, requestedAt, bytes, 0);
    }

    long bytes(AccountId account, YearMonth month) {
        return ledger.read(key(account, month))
                .flatMap(item -> item.maybeNumber(BYTES))
                .orElse(0L);
    }

    private static YearMonth month(Instant requestedAt) {
        return YearMonth.from(requestedAt.atOffset(ZoneOffset.UTC));
    }

    private static Key key(AccountId account, YearMonth month) {
        return new Key("USAGE#" + account + "#" + month, "BUDGET");
    }
}
