package imageferry.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One change of an attribute by an update. An update never names an attribute twice, save for different entries of one
 * map.
 */
public sealed interface Change {
    String attribute();

    /** Sets the attribute; the value is of a type that {@link Item} allows. */
    record Put(String attribute, Object value) implements Change {}

    /** Sets the attribute only where it is absent. */
    record PutIfAbsent(String attribute, Object value) implements Change {}

    record Remove(String attribute) implements Change {}

    /** Adds to a number; an absent one counts as 0. */
    record Add(String attribute, long amount) implements Change {}

    /** Adds members to a set; an absent set is empty. */
    record Include(String attribute, List<String> members) implements Change {
        public Include {
            members = List.copyOf(members);
        }
    }

    /** Takes a member out of a set; the last one takes the attribute with it. */
    record Exclude(String attribute, String member) implements Change {}

    /** Puts an entry into a map attribute, which must exist. */
    record PutEntry(String attribute, String key, Object value) implements Change {}

    /** Removes an entry from a map attribute, which must exist. An absent entry is ignored. */
    record RemoveEntry(String attribute, String key) implements Change {}

    /** @throws IllegalArgumentException when two of the changes touch the same thing, so that their order would matter */
    static List<Change> disjoint(List<Change> changes) {
        var named = new HashMap<String, Set<Optional<String>>>();
        for (var change : changes) {
            var entry = entry(change);
            var entries = named.computeIfAbsent(change.attribute(), first -> new HashSet<>());
            if (!entries.add(entry) || (entries.size() > 1 && entries.contains(Optional.<String>empty()))) {
                throw new IllegalArgumentException("An update changes " + change.attribute()
                        + entry.map(key -> "." + key).orElse("") + " twice; say once what becomes of it");
            }
        }
        return List.copyOf(changes);
    }

    private static Optional<String> entry(Change change) {
        return switch (change) {
            case PutEntry(var map, var key, var value) -> Optional.of(key);
            case RemoveEntry(var map, var key) -> Optional.of(key);
            default -> Optional.empty();
        };
    }

    static Change put(String attribute, Object value) {
        var plain = Item.empty().with(attribute, value).attributes().get(attribute);
        if (plain == null) {
            throw new IllegalArgumentException("Nothing to put into " + attribute);
        }
        return new Put(attribute, plain);
    }

    static Change putIfAbsent(String attribute, Object value) {
        return new PutIfAbsent(attribute, ((Put) put(attribute, value)).value());
    }

    static Change remove(String attribute) {
        return new Remove(attribute);
    }

    static Change add(String attribute, long amount) {
        return new Add(attribute, amount);
    }

    static Change include(String attribute, Collection<?> members) {
        return new Include(
                attribute, members.stream().map(Object::toString).sorted().toList());
    }

    static Change exclude(String attribute, Object member) {
        return new Exclude(attribute, member.toString());
    }

    static Change putEntry(String attribute, Object key, Object value) {
        return new PutEntry(attribute, key.toString(), ((Put) put(attribute, value)).value());
    }

    static Change removeEntry(String attribute, Object key) {
        return new RemoveEntry(attribute, key.toString());
    }
}
