package imageferry.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Changes an item as DynamoDB does, with the same refusals. */
final class Alteration {
    private Alteration() {}

    static Item of(@Nullable Item before, List<Change> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("An update without changes; use a check where only a condition matters");
        }
        var attributes = new LinkedHashMap<>(before == null ? Map.<String, Object>of() : before.attributes());
        for (var change : changes) {
            if (Set.of("pk", "sk").contains(change.attribute())) {
                throw new IllegalStateException("No update changes " + change.attribute() + ": it is the item's key");
            }
            var after = after(attributes.get(change.attribute()), change);
            if (after == null) {
                attributes.remove(change.attribute());
            } else {
                attributes.put(change.attribute(), after);
            }
        }
        return new Item(attributes);
    }

    private static @Nullable Object after(@Nullable Object before, Change change) {
        return switch (change) {
            case Change.Put(var attribute, var value) -> value;
            case Change.PutIfAbsent(var attribute, var value) -> before == null ? value : before;
            case Change.Remove(var attribute) -> null;
            case Change.Add(var attribute, var amount) ->
                before == null ? amount : Math.addExact(cast(before, Long.class, attribute), amount);
            case Change.Include(var attribute, var more) -> {
                var members = members(before, attribute);
                members.addAll(more);
                yield Set.copyOf(members);
            }
            case Change.Exclude(var attribute, var member) -> {
                var members = members(before, attribute);
                members.remove(member);
                yield members.isEmpty() ? null : Set.copyOf(members);
            }
            case Change.PutEntry(var attribute, var key, var value) -> {
                var entries = entries(before, attribute);
                entries.put(key, value);
                yield entries;
            }
            case Change.RemoveEntry(var attribute, var key) -> {
                var entries = entries(before, attribute);
                entries.remove(key);
                yield entries;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static Set<String> members(@Nullable Object before, String attribute) {
        return before == null ? new TreeSet<>() : new TreeSet<>((Set<String>) cast(before, Set.class, attribute));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> entries(@Nullable Object before, String attribute) {
        if (before == null) {
            throw new IllegalStateException("The map " + attribute + " is absent; records create it with the item");
        }
        return new LinkedHashMap<>((Map<String, Object>) cast(before, Map.class, attribute));
    }

    private static <T> T cast(Object before, Class<T> type, String attribute) {
        if (!type.isInstance(before)) {
            throw new IllegalStateException("The attribute " + attribute + " is no " + type.getSimpleName());
        }
        return type.cast(before);
    }

    /** The item as the table stores it: with its key, of known types only, and with valid index attributes. */
    static Item keep(Key key, Item item) {
        var attributes = new LinkedHashMap<String, Object>();
        item.attributes().forEach((name, value) -> attributes.put(name, known(name, value)));
        attributes.put("pk", key.partition());
        attributes.put("sk", key.sort());
        for (var index : Index.values()) {
            for (var name : List.of(index.partitionAttribute(), index.sortAttribute())) {
                var value = attributes.get(name);
                if (value != null && (!(value instanceof String text) || text.isEmpty())) {
                    throw new IllegalStateException("The attribute " + name + " of " + key + " is in an index, so it"
                            + " must be a text that is not empty, not " + value);
                }
            }
        }
        return new Item(attributes);
    }

    private static Object known(String path, Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number;
            case Boolean flag -> flag;
            case Set<?> set when !set.isEmpty() && set.stream().allMatch(String.class::isInstance) -> Set.copyOf(set);
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Object>();
                map.forEach((name, entry) -> entries.put((String) name, known(path + "." + name, entry)));
                yield entries;
            }
            case List<?> list ->
                list.stream().map(member -> known(path + "[]", member)).toList();
            default ->
                throw new IllegalArgumentException("The attribute " + path + " is " + value
                        + "; items hold String, Long, Boolean, Set<String> (not empty), Map and List");
        };
    }
}
