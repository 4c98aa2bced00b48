package imageferry.usage;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Rule 11: what is metered, per account: bytes moved between regions, and snapshots stored and for how long. */
public final class Usage {
    private Usage() {}

    /** Adds bytes moved between two regions to the month of that moment (UTC). */
    public static Write moved(AccountId account, Region from, Region to, long bytes, Instant now) {
        var month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        return Write.update(
                new Key("USAGE#" + account + "#" + month, "MOVED#" + from + "#" + to),
                Condition.always(),
                Change.add("bytes", bytes));
    }

    /** From now on the account stores a snapshot of so many bytes. */
    public static Write stored(AccountId account, ImageId image, Region region, long bytes, Instant now) {
        return new Write.Put(
                storedKey(account, image),
                Item.empty().with("bytes", bytes).with("region", region).with("from", now),
                Condition.always());
    }

    /** From now on the account stores it no more. */
    public static Write removed(AccountId account, ImageId image, Instant now) {
        return Write.update(storedKey(account, image), Condition.has("from"), Change.putIfAbsent("to", now));
    }

    private static Key storedKey(AccountId account, ImageId image) {
        return new Key("USAGE#" + account, "STORED#" + image);
    }
}
