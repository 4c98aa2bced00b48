package imageferry.ledger;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The entries that a read of a list selects. Region, status, family and the name's beginning choose an index and a
 * range of it, so that nothing else is read; a list by name whose family is asked for, too, and {@code matching} are
 * examined entry by entry.
 *
 * @param namePrefix empty for any name; else the list is ordered by name
 */
public record Selection(
        Optional<String> region,
        Optional<String> status,
        Optional<String> family,
        String namePrefix,
        Condition matching) {
    /** Every entry. */
    public static final Selection ALL =
            new Selection(Optional.empty(), Optional.empty(), Optional.empty(), "", Condition.always());

    public Selection ofRegion(Object only) {
        return new Selection(Optional.of(only.toString()), status, family, namePrefix, matching);
    }

    public Selection ofStatus(Object only) {
        return new Selection(region, Optional.of(only.toString()), family, namePrefix, matching);
    }

    public Selection ofFamily(String only) {
        return new Selection(region, status, Optional.of(only), namePrefix, matching);
    }

    /** Returns whether the list is ordered by name, and not newest first. */
    public boolean byName() {
        return !namePrefix.isEmpty();
    }

    /** Returns whether the read also examines entries that it does not select. */
    public boolean examines() {
        return !condition().asksNothing();
    }

    /** The index that the entries are read from. */
    public Index index() {
        var of = region.isPresent()
                ? status.isPresent() ? Index.LISTS_OF_REGION_AND_STATUS : Index.LISTS_OF_REGION
                : status.isPresent() ? Index.LISTS_OF_STATUS : Index.LISTS;
        var by = byName() ? Index.LISTS_BY_NAME : family.isPresent() ? Index.LISTS_BY_FAMILY : Index.LISTS;
        return Index.of(of.partitionAttribute(), by.sortAttribute());
    }

    /** The entries of one list, newest first or by name. */
    public Query query(String list, int limit) {
        var partition = Stream.of(Optional.of(list), region, status)
                .flatMap(Optional::stream)
                .toArray();
        return Query.ascending(index(), ListKeys.joined(partition), limit)
                .inOrder(!byName())
                .beginningWith(
                        byName() ? namePrefix : family.map(only -> only + "#").orElse(""))
                .matching(condition());
    }

    private Condition condition() {
        return byName() && family.isPresent()
                ? Condition.all(Condition.is("family", family.get()), matching)
                : matching;
    }
}
