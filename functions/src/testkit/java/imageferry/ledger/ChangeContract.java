package imageferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The effect of updates on attributes. */
public interface ChangeContract extends LedgerUnderTest {
    private void change(Change... changes) {
        assertThat(ledger().commit(List.of(Write.update(KEY, Condition.always(), changes)))
                        .done())
                .isTrue();
    }

    @Test
    default void an_update_of_an_absent_item_creates_it() {
        change(Change.put("name", "a"), Change.add("count", 2), Change.include("members", Set.of("x", "y")));

        assertThat(stored().attributes())
                .isEqualTo(Map.of(
                        "pk", "IMAGE#m-1", "sk", "IMAGE", "name", "a", "count", 2L, "members", Set.of("x", "y")));
    }

    @Test
    default void an_update_does_not_change_other_attributes() {
        ledger().put(KEY, Item.empty().with("a", 1).with("b", 2).with("c", 3));

        change(Change.put("a", "text"), Change.remove("b"), Change.remove("missing"));

        assertThat(stored().attributes()).isEqualTo(Map.of("pk", "IMAGE#m-1", "sk", "IMAGE", "a", "text", "c", 3L));
    }

    @Test
    default void a_put_if_absent_keeps_an_existing_value() {
        ledger().put(KEY, Item.empty().with("a", 1));

        change(Change.putIfAbsent("a", 2), Change.putIfAbsent("b", 2));

        assertThat(stored().number("a")).isEqualTo(1);
        assertThat(stored().number("b")).isEqualTo(2);
    }

    @Test
    default void numbers_add_up_below_zero_too() {
        change(Change.add("count", 3));
        change(Change.add("count", -5));

        assertThat(stored().number("count")).isEqualTo(-2);
    }

    @Test
    default void removing_the_last_member_removes_the_set() {
        change(Change.include("members", List.of("a", "b")));
        change(Change.include("members", List.of("b")));
        change(Change.exclude("members", "a"), Change.put("x", 1));
        assertThat(stored().texts("members")).containsExactly("b");

        change(Change.exclude("members", "b"));
        assertThat(stored().has("members")).isFalse();

        change(Change.exclude("members", "b"));
        assertThat(stored().has("members")).isFalse();
    }

    @Test
    default void entries_of_a_map_may_have_names_with_any_character() {
        ledger().put(KEY, Item.empty().with("holders", Map.of("c-1", "now")));

        change(Change.putEntry("holders", "c.2", "then"), Change.removeEntry("holders", "c-1"));
        assertThat(stored().map("holders")).isEqualTo(Map.of("c.2", "then"));

        change(Change.removeEntry("holders", "c.2"), Change.removeEntry("holders", "never"));
        assertThat(stored().map("holders")).isEmpty();
        assertThat(stored().has("holders")).isTrue();
    }

    @Test
    default void an_entry_of_an_absent_map_is_a_defect() {
        ledger().put(KEY, Item.empty());

        assertThatThrownBy(() -> change(Change.putEntry("holders", "c-1", "now")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> change(Change.removeEntry("holders", "c-1")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void a_change_of_another_type_is_a_defect_and_nothing_happens() {
        ledger().put(KEY, Item.empty().with("name", "a"));

        assertThatThrownBy(() -> change(Change.add("name", 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> change(Change.include("name", List.of("b"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stored().text("name")).isEqualTo("a");
    }

    @Test
    default void a_failed_condition_is_reported_before_a_defect() {
        ledger().put(KEY, Item.empty().with("name", "a"));
        var update = Write.update(KEY, Condition.has("missing"), Change.add("name", 1));

        assertThat(ledger().commit(List.of(update))).isInstanceOf(Commit.Refused.class);
    }

    @Test
    default void the_key_cannot_be_changed() {
        assertThatThrownBy(() -> change(Change.put("pk", "other"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void an_update_has_changes_and_none_twice() {
        assertThatThrownBy(this::change).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> change(Change.put("a", 1), Change.remove("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("changes a twice");
        assertThatThrownBy(() -> change(Change.putEntry("a", "k", 1), Change.removeEntry("a", "k")))
                .hasMessageContaining("changes a.k twice");
        assertThatThrownBy(() -> change(Change.putEntry("a", "k", 1), Change.remove("a")))
                .hasMessageContaining("changes a twice");
    }
}
