package imageferry.usage;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rule 11: meters, per account, bytes moved between regions, and snapshots stored and for how long. */
public final class Usage {
    private static final String MOVED = "MOVED#";
    private static final String STORED = "STORED#";
    private static final int PAGE = 1_000;

    private final Ledger ledger;

    public Usage(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Adds bytes moved between two regions to the month of that moment (UTC).
     *
     * @param saved bytes that were not moved, as the target's region had them
     */
    public static Write moved(AccountId account, Region from, Region to, long bytes, long saved, Instant now) {
        var month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        return Write.update(
                new Key(movedBy(account, month), MOVED + from + "#" + to),
                Condition.always(),
                Change.add("bytes", bytes),
                Change.add("saved", saved));
    }

    /** Starts the storage of a snapshot of that size for the account. */
    public static Write stored(AccountId account, ImageId image, Region region, long bytes, Instant now) {
        return new Write.Put(
                storedKey(account, image),
                Item.empty().with("bytes", bytes).with("region", region).with("from", now),
                Condition.always());
    }

    /** Ends the storage of a snapshot for the account. */
    public static Write removed(AccountId account, ImageId image, Instant now) {
        return Write.update(storedKey(account, image), Condition.has("from"), Change.putIfAbsent("to", now));
    }

    /** The bytes that an account moved in a month, by route. */
    List<Bill.Moved> moved(AccountId account, YearMonth month) {
        var routes = new ArrayList<Bill.Moved>();
        each(movedBy(account, month), MOVED, item -> {
            var route = item.text(Index.TABLE.sortAttribute()).split("#", -1);
            routes.add(new Bill.Moved(
                    new Region(route[1]),
                    new Region(route[2]),
                    item.number("bytes"),
                    item.maybeNumber("saved").orElse(0L)));
        });
        return routes;
    }

    /**
     * The bytes that an account stored in a month, by region.
     *
     * @param now the time until which snapshots count that are still stored
     */
    List<Bill.Stored> stored(AccountId account, YearMonth month, Instant now) {
        var start = startOf(month);
        var end = startOf(month.plusMonths(1));
        var until = now.isBefore(end) ? now : end;
        var byteMillis = new TreeMap<Region, BigInteger>(Comparator.comparing(Region::name));
        each(storedBy(account), STORED, item -> {
            var from = item.instant("from");
            var to = item.maybeInstant("to").orElse(until);
            var time = Duration.between(from.isAfter(start) ? from : start, to.isBefore(until) ? to : until);
            if (time.isPositive()) {
                byteMillis.merge(
                        new Region(item.text("region")),
                        BigInteger.valueOf(item.number("bytes")).multiply(BigInteger.valueOf(time.toMillis())),
                        BigInteger::add);
            }
        });
        var whole = Duration.between(start, end);
        return byteMillis.entrySet().stream()
                .map(each -> new Bill.Stored(each.getKey(), Quantity.gibMonths(each.getValue(), whole)))
                .toList();
    }

    private void each(String partition, String prefix, Consumer<Item> use) {
        var query = Query.partition(partition, prefix, PAGE);
        var page = ledger.query(query);
        page.items().forEach(use);
        while (page.next() != null) {
            page = ledger.query(query.after(page.next()));
            page.items().forEach(use);
        }
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static String movedBy(AccountId account, YearMonth month) {
        return "USAGE#" + account + "#" + month;
    }

    private static String storedBy(AccountId account) {
        return "USAGE#" + account;
    }

    private static Key storedKey(AccountId account, ImageId image) {
        return new Key(storedBy(account), STORED + image);
    }
}
