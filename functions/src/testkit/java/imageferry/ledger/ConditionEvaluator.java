package imageferry.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates conditions on an item as DynamoDB does. An attribute that is absent or of another type fails a comparison. */
final class ConditionEvaluator {
    private ConditionEvaluator() {}

    static boolean holds(Condition condition, @Nullable Item item) {
        return switch (condition) {
            case Condition.Always() -> true;
            case Condition.Exists() -> item != null;
            case Condition.Absent() -> item == null;
            case Condition.Has(var attribute) -> value(item, attribute) != null;
            case Condition.Lacks(var attribute) -> value(item, attribute) == null;
            case Condition.OneOf(var attribute, var texts) ->
                !nothing(texts) && value(item, attribute) instanceof String text && texts.contains(text);
            case Condition.FlagIs(var attribute, var flag) -> flag(value(item, attribute), flag);
            case Condition.LessThan(var attribute, var limit) ->
                value(item, attribute) == null
                        ? limit > 0
                        : value(item, attribute) instanceof Long number && number < limit;
            case Condition.NumberIs(var attribute, var number) ->
                value(item, attribute) == null
                        ? number == 0
                        : value(item, attribute) instanceof Long is && is == number;
            case Condition.FewerEntriesThan(var attribute, var limit) -> size(value(item, attribute)) < limit;
            case Condition.LacksEntry(var attribute, var key) -> entry(item, attribute, key) == null;
            case Condition.EntryIs(var attribute, var key, var text) -> text.equals(entry(item, attribute, key));
            case Condition.Contains(var attribute, var member) -> contains(value(item, attribute), member);
            case Condition.All(var all) -> all.stream().allMatch(one -> holds(one, item));
            case Condition.Any(var any) -> !nothing(any) && any.stream().anyMatch(one -> holds(one, item));
        };
    }

    private static boolean nothing(Collection<?> choice) {
        if (choice.isEmpty()) {
            throw new IllegalArgumentException("A choice of nothing never holds; give at least one");
        }
        return false;
    }

    private static @Nullable Object value(@Nullable Item item, String attribute) {
        return item == null ? null : item.attributes().get(attribute);
    }

    private static @Nullable Object entry(@Nullable Item item, String attribute, String key) {
        return value(item, attribute) instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static boolean flag(@Nullable Object value, boolean flag) {
        return value == null ? !flag : value.equals(flag);
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Map<?, ?> map -> map.size();
            case Set<?> set -> set.size();
            case List<?> list -> list.size();
            case String text -> text.length();
            default -> Long.MAX_VALUE;
        };
    }

    private static boolean contains(@Nullable Object value, String member) {
        return switch (value) {
            case Set<?> set -> set.contains(member);
            case List<?> list -> list.contains(member);
            case String text -> text.contains(member);
            case null, default -> false;
        };
    }
}
