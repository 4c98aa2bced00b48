package imageferry.ledger;

import java.util.Collection;
import java.util.List;

/** One thing that an update does to one attribute. An update never names an attribute twice. */
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

    /** Removes an entry from a map attribute, which must exist; an absent entry does no harm. */
    record RemoveEntry(String attribute, String key) implements Change {}

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
