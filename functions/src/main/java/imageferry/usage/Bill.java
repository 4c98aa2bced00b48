package imageferry.usage;

import imageferry.account.AccountId;
import imageferry.region.Region;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/**
 * The usage of an account in one calendar month (UTC), and its price. The present month's grows until it ends.
 *
 * @param moved one line for each route that bytes took, imports aside: they stay in their region
 * @param stored one line for each region that snapshots were stored in
 */
public record Bill(
        AccountId account,
        YearMonth month,
        Prices prices,
        List<Moved> moved,
        List<Stored> stored,
        Requested requested) {
    public Bill {
        moved = List.copyOf(moved);
        stored = List.copyOf(stored);
    }

    /**
     * The bytes that the requests of the month move between regions, in this month or later.
     *
     * @param bytes what their copies moved, and what those that still run are to move
     * @param limit above which a request needs approval; 0 for none
     */
    public record Requested(long bytes, long limit) {}

    /**
     * Bytes that crossed a border.
     *
     * @param savedBytes bytes that did not have to, as the target's region had them; they cost nothing
     */
    public record Moved(Region from, Region to, long bytes, long savedBytes) {
        public Quantity gib() {
            return Quantity.gib(bytes);
        }
    }

    /** Snapshots of a region, weighted with the part of the month that each was there. */
    public record Stored(Region region, Quantity gibMonths) {}

    public BigDecimal price(Moved line) {
        return line.gib().price(prices.perGiBMoved());
    }

    public BigDecimal price(Stored line) {
        return line.gibMonths().price(prices.perGiBMonth());
    }

    /** The sum of the lines' prices as they are shown, so that it can be checked by adding them up. */
    public BigDecimal total() {
        return Stream.concat(moved.stream().map(this::price), stored.stream().map(this::price))
                .reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add);
    }
}
