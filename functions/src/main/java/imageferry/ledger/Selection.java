package imageferry.ledger;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a read of a list selects. Region, status, family and the name's beginning choose an index and a
 * range of it, so that nothing else is read; a list by name whose family is asked for, too, and {@code matching} are
 * examined entry by entry.
 *
 * @param namePrefix empty for any name; else the list is ordered by name
 */
public record Selection(
        @Nullable String region,
        @Nullable String status,
        @Nullable String family,
        String namePrefix,
        Condition matching) {
    public static final Selection ALL = new Selection(null, null, null, "", Condition.always());

    public Selection ofRegion(@Nullable String only) {
        return new Selection(only, status, family, namePrefix, matching);
    }

    public Selection ofStatus(@Nullable String only) {
        return new Selection(region, only, family, namePrefix, matching);
    }

    public Selection ofFamily(String only) {
        return new Selection(region, status, only, namePrefix, matching);
    }

    /** Returns whether the list is ordered by name, and not newest first. */
    public boolean byName() {
        return !namePrefix.isEmpty();
    }

    /** Returns whether the read also examines entries that it does not select. */
    public boolean examines() {
        return !condition().asksNothing();
    }

    public Index index() {
        var of = region != null
                ? status != null ? Index.LISTS_OF_REGION_AND_STATUS : Index.LISTS_OF_REGION
                : status != null ? Index.LISTS_OF_STATUS : Index.LISTS;
        var by = byName() ? Index.LISTS_BY_NAME : family != null ? Index.LISTS_BY_FAMILY : Index.LISTS;
        return Index.of(of.partitionAttribute(), by.sortAttribute());
    }

    /** The entries of one list, newest first or by name. */
    public Query query(String list, int limit) {
        var partition = Stream.of(list, region, status).filter(Objects::nonNull).toArray();
        return Query.ascending(index(), ListKeys.joined(partition), limit)
                .inOrder(!byName())
                .beginningWith(byName() ? namePrefix : family != null ? family + "#" : "")
                .matching(condition());
    }

    private Condition condition() {
        return byName() && family != null ? Condition.all(Condition.is("family", family), matching) : matching;
    }
}
