package imageferry.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The requirement on an item for a write to happen. Evaluated by the store, inside the transaction. */
public sealed interface Condition {
    record Always() implements Condition {}

    record Exists() implements Condition {}

    /** No item of that key exists. */
    record Absent() implements Condition {}

    record Has(String attribute) implements Condition {}

    record Lacks(String attribute) implements Condition {}

    /** The attribute has one of these values. */
    record OneOf(String attribute, Set<String> values) implements Condition {}

    record FlagIs(String attribute, boolean value) implements Condition {}

    /** The attribute (absent counts as 0) is smaller than the limit. */
    record LessThan(String attribute, long limit) implements Condition {}

    /** The attribute (absent counts as 0) is this number. */
    record NumberIs(String attribute, long number) implements Condition {}

    /** The map attribute has fewer entries than the limit; an absent map has none. */
    record FewerEntriesThan(String attribute, long limit) implements Condition {}

    record LacksEntry(String attribute, String key) implements Condition {}

    /** The entry of a map attribute has this text. */
    record EntryIs(String attribute, String key, String value) implements Condition {}

    record Contains(String attribute, String member) implements Condition {}

    record All(List<Condition> conditions) implements Condition {}

    record Any(List<Condition> conditions) implements Condition {}

    /** Returns whether it holds for every item and for none, so that nothing needs to be checked. */
    default boolean asksNothing() {
        return switch (this) {
            case Always() -> true;
            case All(var all) -> all.stream().allMatch(Condition::asksNothing);
            case Any(var any) -> any.stream().anyMatch(Condition::asksNothing);
            default -> false;
        };
    }

    static Condition always() {
        return new Always();
    }

    static Condition exists() {
        return new Exists();
    }

    static Condition absent() {
        return new Absent();
    }

    static Condition has(String attribute) {
        return new Has(attribute);
    }

    static Condition lacks(String attribute) {
        return new Lacks(attribute);
    }

    static Condition is(String attribute, Object value) {
        return new OneOf(attribute, Set.of(text(value)));
    }

    static Condition oneOf(String attribute, Object... values) {
        return new OneOf(attribute, Arrays.stream(values).map(Condition::text).collect(Collectors.toUnmodifiableSet()));
    }

    static Condition oneOf(String attribute, Set<?> values) {
        return oneOf(attribute, values.toArray());
    }

    private static String text(Object value) {
        return value instanceof Instant instant ? Moments.sortable(instant) : value.toString();
    }

    static Condition all(Condition... conditions) {
        return new All(List.of(conditions));
    }

    static Condition any(Condition... conditions) {
        return new Any(List.of(conditions));
    }
}
