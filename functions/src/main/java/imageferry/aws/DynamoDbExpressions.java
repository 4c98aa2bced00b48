package imageferry.aws;

import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of one write. Every name and value is a placeholder, so no reserved word and no dot in a key can change
 * the meaning. Brackets are written only where necessary: DynamoDB refuses redundant ones.
 */
final class DynamoDbExpressions {
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    /** A rendered condition, and whether it needs brackets inside an AND. */
    private record Clause(String text, boolean or) {
        static Clause of(String text) {
            return new Clause(text, false);
        }

        static Clause or(String text) {
            return new Clause(text, true);
        }
    }

    /** The condition expression; empty when nothing is asked. */
    Optional<String> condition(Condition condition) {
        return condition.asksNothing()
                ? Optional.empty()
                : Optional.of(clause(condition).text());
    }

    /** The update expression of changes that {@link Write.Update} has checked: at least one, each of another attribute. */
    String update(List<Change> changes) {
        var sections = new LinkedHashMap<String, List<String>>();
        for (var change : changes) {
            switch (change) {
                case Change.Put(var attribute, var value) ->
                    into(sections, "SET", name(attribute) + " = " + value(attribute, value));
                case Change.PutIfAbsent(var attribute, var value) ->
                    into(
                            sections,
                            "SET",
                            "%1$s = if_not_exists(%1$s, %2$s)".formatted(name(attribute), value(attribute, value)));
                case Change.PutEntry(var attribute, var key, var value) ->
                    into(sections, "SET", entry(attribute, key) + " = " + value(attribute + "." + key, value));
                case Change.Remove(var attribute) -> into(sections, "REMOVE", name(attribute));
                case Change.RemoveEntry(var attribute, var key) -> into(sections, "REMOVE", entry(attribute, key));
                case Change.Add(var attribute, var amount) ->
                    into(sections, "ADD", name(attribute) + " " + value(attribute, amount));
                case Change.Include(var attribute, var members) ->
                    into(sections, "ADD", name(attribute) + " " + value(attribute, new TreeSet<>(members)));
                case Change.Exclude(var attribute, var member) ->
                    into(sections, "DELETE", name(attribute) + " " + value(attribute, Set.of(member)));
            }
        }
        return sections.entrySet().stream()
                .map(section -> section.getKey() + " " + String.join(", ", section.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** Placeholder to attribute, as a request wants it. */
    Map<String, String> names() {
        return placeholders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** Placeholder to value. */
    Map<String, AttributeValue> values() {
        return values;
    }

    String name(String attribute) {
        return placeholders.computeIfAbsent(attribute, next -> "#" + placeholders.size());
    }

    String value(String path, Object value) {
        var placeholder = ":" + values.size();
        values.put(placeholder, DynamoDbItems.value(path, value));
        return placeholder;
    }

    private static void into(Map<String, List<String>> sections, String section, String action) {
        sections.computeIfAbsent(section, first -> new ArrayList<>()).add(action);
    }

    private Clause clause(Condition condition) {
        return switch (condition) {
            case Condition.Always() -> throw new IllegalArgumentException("Nothing is asked");
            case Condition.Exists() -> Clause.of("attribute_exists(" + name("pk") + ")");
            case Condition.Absent() -> Clause.of("attribute_not_exists(" + name("pk") + ")");
            case Condition.Has(var attribute) -> Clause.of("attribute_exists(" + name(attribute) + ")");
            case Condition.Lacks(var attribute) -> Clause.of("attribute_not_exists(" + name(attribute) + ")");
            case Condition.OneOf(var attribute, var values) -> oneOf(attribute, values);
            case Condition.FlagIs(var attribute, var flag) ->
                flag
                        ? Clause.of(name(attribute) + " = " + value(attribute, true))
                        : orAbsent(attribute, name -> name + " = " + value(attribute, false));
            case Condition.LessThan(var attribute, var limit) ->
                limit > 0
                        ? orAbsent(attribute, name -> name + " < " + value(attribute, limit))
                        : Clause.of(name(attribute) + " < " + value(attribute, limit));
            case Condition.NumberIs(var attribute, var number) ->
                number == 0
                        ? orAbsent(attribute, name -> name + " = " + value(attribute, 0L))
                        : Clause.of(name(attribute) + " = " + value(attribute, number));
            case Condition.FewerEntriesThan(var attribute, var limit) ->
                limit > 0
                        ? orAbsent(attribute, name -> "size(" + name + ") < " + value(attribute, limit))
                        : Clause.of("size(" + name(attribute) + ") < " + value(attribute, limit));
            case Condition.LacksEntry(var attribute, var key) ->
                Clause.of("attribute_not_exists(" + entry(attribute, key) + ")");
            case Condition.EntryIs(var attribute, var key, var text) ->
                Clause.of(entry(attribute, key) + " = " + value(attribute, text));
            case Condition.Contains(var attribute, var member) ->
                Clause.of("contains(" + name(attribute) + ", " + value(attribute, member) + ")");
            case Condition.All(var all) -> join(all, " AND ");
            case Condition.Any(var any) -> join(any, " OR ");
        };
    }

    private Clause oneOf(String attribute, Set<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("Nothing can be one of no values; " + attribute + " needs at least one");
        }
        var listed = new TreeSet<>(texts)
                .stream().map(text -> value(attribute, text)).toList();
        return Clause.of(
                listed.size() == 1
                        ? name(attribute) + " = " + listed.getFirst()
                        : name(attribute) + " IN (" + String.join(", ", listed) + ")");
    }

    private Clause orAbsent(String attribute, Function<String, String> comparison) {
        var name = name(attribute);
        return Clause.or("attribute_not_exists(" + name + ") OR " + comparison.apply(name));
    }

    private String entry(String attribute, String key) {
        return name(attribute) + "." + name(key);
    }

    private Clause join(List<Condition> conditions, String word) {
        var parts = conditions.stream()
                .filter(condition -> !condition.asksNothing())
                .map(this::clause)
                .toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Any of no conditions never holds; give at least one");
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var or = word.equals(" OR ");
        return new Clause(
                parts.stream()
                        .map(part -> part.or() && !or ? "(" + part.text() + ")" : part.text())
                        .collect(Collectors.joining(word)),
                or);
    }
}
