package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbExpressionsTest {
    private final DynamoDbExpressions expressions = new DynamoDbExpressions();

    record Said(Condition condition, String text) {}

    private static List<Said> conditions() {
        var waiting = Condition.is("status", "Waiting");
        var few = new Condition.LessThan("count", 3);
        return List.of(
                new Said(Condition.exists(), "attribute_exists(#0)"),
                new Said(Condition.absent(), "attribute_not_exists(#0)"),
                new Said(Condition.has("name"), "attribute_exists(#0)"),
                new Said(Condition.lacks("name"), "attribute_not_exists(#0)"),
                new Said(waiting, "#0 = :0"),
                new Said(Condition.oneOf("status", "b", "a"), "#0 IN (:0, :1)"),
                new Said(new Condition.FlagIs("on", true), "#0 = :0"),
                new Said(new Condition.FlagIs("on", false), "attribute_not_exists(#0) OR #0 = :0"),
                new Said(few, "attribute_not_exists(#0) OR #0 < :0"),
                new Said(new Condition.FewerEntriesThan("m", 2), "attribute_not_exists(#0) OR size(#0) < :0"),
                new Said(new Condition.LacksEntry("m", "k.k"), "attribute_not_exists(#0.#1)"),
                new Said(new Condition.EntryIs("m", "k", "v"), "#0.#1 = :0"),
                new Said(new Condition.Contains("set", "c"), "contains(#0, :0)"),
                new Said(
                        Condition.all(waiting, few, Condition.exists()),
                        "#0 = :0 AND (attribute_not_exists(#1) OR #1 < :1) AND attribute_exists(#2)"),
                new Said(
                        Condition.any(few, Condition.all(waiting, Condition.has("x"))),
                        "attribute_not_exists(#0) OR #0 < :0 OR #1 = :1 AND attribute_exists(#2)"),
                new Said(Condition.all(Condition.any(few)), "attribute_not_exists(#0) OR #0 < :0"),
                new Said(Condition.all(Condition.always(), waiting), "#0 = :0"));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void each_condition_has_its_expression_without_superfluous_brackets(Said said) {
        assertThat(expressions.condition(said.condition())).contains(said.text());
    }

    @Test
    void an_empty_condition_needs_no_expression_and_no_placeholder() {
        var nothing = Condition.any(Condition.has("x"), Condition.all(Condition.always()));

        assertThat(expressions.condition(nothing)).isEmpty();
        assertThat(expressions.names()).isEmpty();
        assertThat(expressions.values()).isEmpty();
    }

    @Test
    void one_attribute_has_one_placeholder_in_the_whole_write() {
        var update = expressions.update(List.of(Change.put("status", "Creating"), Change.add("count", -1)));
        var condition = expressions.condition(Condition.is("status", "Waiting"));

        assertThat(update).isEqualTo("SET #0 = :0 ADD #1 :1");
        assertThat(condition).contains("#0 = :2");
        assertThat(expressions.names()).isEqualTo(Map.of("#0", "status", "#1", "count"));
        assertThat(expressions.values())
                .isEqualTo(Map.of(
                        ":0", AttributeValue.fromS("Creating"),
                        ":1", AttributeValue.fromN("-1"),
                        ":2", AttributeValue.fromS("Waiting")));
    }

    @Test
    void changes_of_a_kind_share_a_section() {
        var update = expressions.update(List.of(
                Change.put("a", Set.of("y", "x")),
                Change.remove("b"),
                Change.putIfAbsent("c", true),
                Change.include("d", List.of("m", "n")),
                Change.add("e", 1),
                Change.exclude("f", "m"),
                Change.putEntry("g", "k.1", "v"),
                Change.removeEntry("g", "k.2")));

        assertThat(update)
                .isEqualTo("SET #0 = :0, #2 = if_not_exists(#2, :1), #6.#7 = :5"
                        + " REMOVE #1, #6.#8 ADD #3 :2, #4 :3 DELETE #5 :4");
        assertThat(expressions.values()).containsEntry(":0", AttributeValue.fromSs(List.of("x", "y")));
    }
}
