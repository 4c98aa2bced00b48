package imageferry.aws;

import imageferry.ledger.Item;
import imageferry.ledger.Key;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns items and keys into DynamoDB's attribute values and back: S, N (whole numbers), BOOL, SS, M and L, nothing else. */
final class DynamoDbItems {
    private static final String PARTITION = "pk";
    private static final String SORT = "sk";

    private DynamoDbItems() {}

    static Map<String, AttributeValue> ofKey(Key key) {
        return Map.of(PARTITION, text(key.partition()), SORT, text(key.sort()));
    }

    static Key key(Map<String, AttributeValue> attributes) {
        var item = item(attributes);
        return new Key(item.text(PARTITION), item.text(SORT));
    }

    /** Returns the item's attributes and those of its key, which override attributes of the same name. */
    static Map<String, AttributeValue> of(Key key, Item item) {
        var values = new LinkedHashMap<String, AttributeValue>();
        item.attributes().forEach((name, value) -> values.put(name, value(name, value)));
        values.putAll(ofKey(key));
        return values;
    }

    static Item item(Map<String, AttributeValue> attributes) {
        return new Item(plainMap("", attributes));
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    /** @throws IllegalArgumentException when an {@link Item} may not hold such a value */
    static AttributeValue value(String path, Object value) {
        return switch (value) {
            case String text -> text(text);
            case Long number -> AttributeValue.fromN(Long.toString(number));
            case Boolean flag -> AttributeValue.fromBool(flag);
            case Set<?> set -> set(path, set);
            case Map<?, ?> map -> {
                var values = new LinkedHashMap<String, AttributeValue>();
                map.forEach((name, entry) -> values.put(name(path, name), value(path + "." + name, entry)));
                yield AttributeValue.fromM(values);
            }
            case List<?> list ->
                AttributeValue.fromL(
                        list.stream().map(member -> value(path + "[]", member)).toList());
            default ->
                throw new IllegalArgumentException("The attribute " + path + " is a "
                        + value.getClass().getName() + "; items hold String, Long, Boolean, Set<String>, Map and List");
        };
    }

    private static AttributeValue set(String path, Set<?> set) {
        if (set.isEmpty()) {
            throw new IllegalArgumentException(
                    "The set " + path + " is empty, which DynamoDB cannot keep; leave the attribute out");
        }
        return AttributeValue.fromSs(
                set.stream().map(member -> name(path, member)).collect(Collectors.toCollection(TreeSet::new)).stream()
                        .toList());
    }

    private static String name(String path, Object name) {
        if (name instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(
                "The attribute " + path + " has " + name + " inside, which should be a String");
    }

    private static Map<String, Object> plainMap(String path, Map<String, AttributeValue> attributes) {
        var plain = new LinkedHashMap<String, Object>();
        attributes.forEach((name, value) -> plain.put(name, plain(path.isEmpty() ? name : path + "." + name, value)));
        return plain;
    }

    private static Object plain(String path, AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> number(path, value.n());
            case BOOL -> value.bool();
            case SS -> Set.copyOf(new HashSet<>(value.ss()));
            case M -> plainMap(path, value.m());
            case L ->
                value.l().stream().map(member -> plain(path + "[]", member)).toList();
            default ->
                throw new IllegalStateException(
                        "The record's " + path + " has the DynamoDB type " + value.type() + ", which no item has");
        };
    }

    private static Long number(String path, String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException notWhole) {
            throw new IllegalStateException(
                    "The record's " + path + " is " + digits + ", not a whole number of 64 bits", notWhole);
        }
    }
}
