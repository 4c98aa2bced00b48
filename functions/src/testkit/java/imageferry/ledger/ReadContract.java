package imageferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Storage of items, and reads by their keys. */
public interface ReadContract extends LedgerUnderTest {
    @Test
    default void an_item_is_read_as_it_was_written_with_its_key() {
        var item = Item.empty()
                .with("name", "golden")
                .with("size", Long.MAX_VALUE)
                .with("protected", false)
                .with("copyingTo", Set.of("c-1", "c-2"))
                .with("wake", Map.of("token", "t", "none", "", "deep", Map.of("at", -1L)))
                .with("steps", List.of("a", 2L, List.of(), Map.of("x", true)));

        ledger().put(KEY, item);

        assertThat(ledger().read(KEY)).contains(item.with("pk", "IMAGE#m-1").with("sk", "IMAGE"));
    }

    @Test
    default void an_absent_item_is_empty() {
        assertThat(ledger().read(KEY)).isEmpty();
    }

    @Test
    default void a_put_sets_its_attributes_and_leaves_the_others() {
        ledger().put(KEY, Item.empty().with("a", 1).with("b", 2));

        ledger().put(KEY, Item.empty().with("a", 3));

        assertThat(stored().attributes()).isEqualTo(Map.of("pk", "IMAGE#m-1", "sk", "IMAGE", "a", 3L, "b", 2L));
    }

    @Test
    default void the_key_wins_over_attributes_of_the_same_names() {
        ledger().put(KEY, Item.empty().with("pk", "COPY#c-1").with("sk", "COPY"));

        assertThat(stored().text("pk")).isEqualTo("IMAGE#m-1");
        assertThat(ledger().read(new Key("COPY#c-1", "COPY"))).isEmpty();
    }

    @Test
    default void existing_items_are_returned_in_the_order_of_the_keys() {
        var keys = IntStream.range(0, 100)
                .mapToObj(number -> new Key("P#" + number, "S"))
                .toList();
        keys.stream()
                .filter(key -> !key.partition().endsWith("7"))
                .forEach(key -> ledger().put(key, Item.empty().with("is", key.partition())));

        var found = ledger().read(keys);

        assertThat(found.keySet())
                .containsExactlyElementsOf(keys.stream()
                        .filter(key -> !key.partition().endsWith("7"))
                        .toList());
        assertThat(found).allSatisfy((key, item) -> assertThat(item.text("is")).isEqualTo(key.partition()));
    }

    @Test
    default void a_key_asked_for_twice_is_read_once() {
        ledger().put(KEY, Item.empty());

        assertThat(ledger().read(List.of(KEY, OTHER, KEY))).containsOnlyKeys(KEY);
    }

    @Test
    default void no_keys_find_nothing() {
        assertThat(ledger().read(List.of())).isEmpty();
    }

    @Test
    default void more_than_a_hundred_keys_are_refused() {
        var keys = IntStream.range(0, 101)
                .mapToObj(number -> new Key("P#" + number, "S"))
                .toList();

        assertThatThrownBy(() -> ledger().read(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("At most 100 keys are read at once, not 101");
    }

    @Test
    default void a_value_of_an_unsupported_type_is_refused() {
        var item = new Item(Map.of("list", Map.of("deep", 1.5)));

        assertThatThrownBy(() -> ledger().put(KEY, item))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The attribute list.deep");
    }

    @Test
    default void an_indexed_attribute_that_is_not_a_text_is_a_defect() {
        var item = Item.empty().with("list", 1L).with("listOrder", "a");

        assertThatThrownBy(() -> ledger().put(KEY, item)).isInstanceOf(IllegalStateException.class);
    }
}
