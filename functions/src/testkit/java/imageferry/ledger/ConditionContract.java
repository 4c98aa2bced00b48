package imageferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The results of conditions. */
public interface ConditionContract extends LedgerUnderTest {
    /** An item with one attribute of each type. */
    Item SAMPLE = Item.empty()
            .with("name", "golden")
            .with("count", 5)
            .with("on", true)
            .with("off", false)
            .with("at", "2026-01-02T00:00:00.000Z")
            .with("copyingTo", Set.of("c-1", "c-2"))
            .with("holders", Map.of("c-1", "now", "c.2", "then"))
            .with("none", Map.of());

    private void holds(Condition condition) {
        assertThat(evaluated(condition)).as("%s", condition).isTrue();
    }

    private void fails(Condition condition) {
        assertThat(evaluated(condition)).as("%s", condition).isFalse();
    }

    private boolean evaluated(Condition condition) {
        return ledger().commit(List.of(Write.check(KEY, condition))).done();
    }

    @Test
    default void for_an_absent_item_only_conditions_on_absence_hold() {
        holds(Condition.absent());
        fails(Condition.exists());
        holds(Condition.lacks("name"));
        fails(Condition.has("name"));
        fails(Condition.is("name", "golden"));
        holds(new Condition.FlagIs("on", false));
        fails(new Condition.FlagIs("on", true));
        holds(new Condition.LessThan("count", 1));
        fails(new Condition.LessThan("count", 0));
        fails(new Condition.LessThan("count", -1));
        holds(new Condition.NumberIs("count", 0));
        fails(new Condition.NumberIs("count", 1));
        holds(new Condition.FewerEntriesThan("holders", 1));
        fails(new Condition.FewerEntriesThan("holders", 0));
        holds(new Condition.LacksEntry("holders", "c-1"));
        fails(new Condition.EntryIs("holders", "c-1", "now"));
        fails(new Condition.Contains("copyingTo", "c-1"));
    }

    @Test
    default void a_number_equals_only_itself_and_an_absent_one_equals_zero() {
        ledger().put(KEY, Item.empty().with("count", 3).with("zero", 0).with("text", "3"));

        holds(new Condition.NumberIs("count", 3));
        fails(new Condition.NumberIs("count", 0));
        fails(new Condition.NumberIs("count", 4));
        holds(new Condition.NumberIs("zero", 0));
        holds(new Condition.NumberIs("absent", 0));
        fails(new Condition.NumberIs("text", 3));
        fails(new Condition.NumberIs("text", 0));
    }

    @Test
    default void presence_is_of_the_item_and_of_its_attributes() {
        ledger().put(KEY, SAMPLE);

        holds(Condition.exists());
        fails(Condition.absent());
        holds(Condition.has("none"));
        holds(Condition.has("off"));
        fails(Condition.lacks("name"));
        holds(Condition.lacks("status"));
    }

    @Test
    default void texts_are_compared_as_a_whole() {
        ledger().put(KEY, SAMPLE);

        holds(Condition.is("name", "golden"));
        fails(Condition.is("name", "gold"));
        holds(Condition.oneOf("name", "silver", "golden", "iron"));
        fails(Condition.oneOf("name", "silver", "iron"));
        fails(Condition.is("count", "5"));
    }

    @Test
    default void a_flag_that_is_absent_is_false() {
        ledger().put(KEY, SAMPLE);

        holds(new Condition.FlagIs("on", true));
        fails(new Condition.FlagIs("on", false));
        holds(new Condition.FlagIs("off", false));
        holds(new Condition.FlagIs("missing", false));
        fails(new Condition.FlagIs("missing", true));
        fails(new Condition.FlagIs("name", false));
    }

    @Test
    default void a_number_that_is_absent_is_zero() {
        ledger().put(KEY, SAMPLE);

        holds(new Condition.LessThan("count", 6));
        fails(new Condition.LessThan("count", 5));
        holds(new Condition.LessThan("missing", 1));
        fails(new Condition.LessThan("missing", 0));
        fails(new Condition.LessThan("name", 9));
    }

    @Test
    default void conditions_on_entries_of_maps_allow_names_with_any_character() {
        ledger().put(KEY, SAMPLE);

        holds(new Condition.FewerEntriesThan("holders", 3));
        fails(new Condition.FewerEntriesThan("holders", 2));
        holds(new Condition.FewerEntriesThan("none", 1));
        fails(new Condition.LacksEntry("holders", "c.2"));
        holds(new Condition.LacksEntry("holders", "c"));
        fails(new Condition.LacksEntry("holders", "c-1"));
        holds(new Condition.LacksEntry("none", "c-1"));
        holds(new Condition.EntryIs("holders", "c.2", "then"));
        fails(new Condition.EntryIs("holders", "c-1", "then"));
        fails(new Condition.EntryIs("name", "c-1", "then"));
    }

    @Test
    default void a_set_contains_whole_members() {
        ledger().put(KEY, SAMPLE);

        holds(new Condition.Contains("copyingTo", "c-2"));
        fails(new Condition.Contains("copyingTo", "c"));
    }

    @Test
    default void conditions_nest() {
        ledger().put(KEY, SAMPLE);
        var yes = Condition.exists();
        var no = Condition.has("missing");
        var unset = new Condition.LessThan("missing", 1);

        holds(Condition.all(yes, Condition.any(no, yes), unset, Condition.always()));
        fails(Condition.all(yes, Condition.any(no, no)));
        holds(Condition.any(no, Condition.all(yes, unset), no));
        fails(Condition.any(no, Condition.all(yes, no)));
        holds(Condition.any(Condition.all(Condition.any(yes))));
        holds(Condition.all(Condition.any(no, unset), Condition.any(unset, no)));
    }

    @Test
    default void an_empty_check_and_an_empty_choice_are_defects() {
        assertThatThrownBy(() -> evaluated(Condition.always())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> evaluated(Condition.any())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> evaluated(Condition.oneOf("name"))).isInstanceOf(IllegalArgumentException.class);
    }
}
