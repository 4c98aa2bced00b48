package imageferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Items of one partition or index, in order, page by page. */
public interface QueryContract extends LedgerUnderTest {
    private void has(String... sorts) {
        for (var sort : sorts) {
            ledger().put(new Key("REGION#r", sort), Item.empty().with("is", sort));
        }
    }

    private List<String> found(Query query) {
        return ledger().query(query).items().stream()
                .map(item -> item.text("sk"))
                .toList();
    }

    /** All pages of the query, each as the sort values of its items. */
    private List<List<String>> pages(Query query) {
        var pages = new ArrayList<List<String>>();
        Query.@Nullable Position next = null;
        do {
            var page = ledger().query(query.after(next));
            pages.add(page.items().stream().map(item -> item.text("sk")).toList());
            next = page.next();
        } while (next != null);
        return pages;
    }

    @Test
    default void a_partition_is_read_in_the_order_of_its_sort_values() {
        has("b", "a", "é", "c", "Z", "😀", "\uFFFD");
        ledger().put(new Key("REGION#other", "a"), Item.empty());

        assertThat(found(Query.partition("REGION#r", "", 10))).containsExactly("Z", "a", "b", "c", "é", "\uFFFD", "😀");
        assertThat(found(Query.partition("REGION#none", "", 10))).isEmpty();
    }

    @Test
    default void only_items_with_the_prefix_are_read() {
        has("SLOTS", "WAIT#1", "WAIT#2", "WAIT", "WAITER");

        assertThat(found(Query.partition("REGION#r", "WAIT#", 10))).containsExactly("WAIT#1", "WAIT#2");
    }

    @Test
    default void only_items_before_the_end_are_read() {
        has("a", "b1", "b2", "b3", "c");
        var all = Query.partition("REGION#r", "", 10);
        var prefixed = Query.partition("REGION#r", "b", 10);

        assertThat(found(all.before("b2"))).containsExactly("a", "b1");
        assertThat(found(prefixed.before("b2"))).containsExactly("b1");
        assertThat(found(prefixed.before("b25"))).containsExactly("b1", "b2");
        assertThat(found(prefixed.before("c"))).containsExactly("b1", "b2", "b3");
        assertThat(found(prefixed.before("a"))).isEmpty();
        assertThat(found(prefixed.before("b"))).isEmpty();
        assertThat(found(all.before(""))).isEmpty();
    }

    @Test
    default void a_page_ends_at_its_limit_and_has_a_position_only_when_there_is_more() {
        has("a", "b", "c", "d");

        assertThat(pages(Query.partition("REGION#r", "", 3))).containsExactly(List.of("a", "b", "c"), List.of("d"));
        assertThat(pages(Query.partition("REGION#r", "", 2))).containsExactly(List.of("a", "b"), List.of("c", "d"));
        assertThat(pages(Query.partition("REGION#r", "", 4))).hasSize(1);
        assertThat(pages(Query.partition("REGION#r", "", 1).before("d"))).hasSize(3);
    }

    @Test
    default void a_page_continues_after_a_deleted_item() {
        has("a", "b", "c");
        var page = ledger().query(Query.partition("REGION#r", "", 2));
        ledger().commit(List.of(Write.delete(new Key("REGION#r", "b"))));

        assertThat(found(Query.partition("REGION#r", "", 2).after(page.next()))).containsExactly("c");
    }

    @Test
    default void an_index_holds_the_items_that_have_both_its_attributes() {
        ledger().put(KEY, Item.empty().with("list", "l").with("listOrder", "1"));
        ledger().put(OTHER, Item.empty().with("list", "l"));
        var query = Query.newestFirst(Index.LISTS, "l", 10);
        assertThat(ledger().query(query).items()).containsExactly(stored());

        ledger().commit(List.of(
                Write.update(KEY, Condition.always(), Change.remove("list")),
                Write.update(OTHER, Condition.always(), Change.put("listOrder", "2"))));

        assertThat(ledger().query(query).items())
                .containsExactly(ledger().read(OTHER).orElseThrow());
    }

    @Test
    default void each_index_is_paged_newest_first() {
        for (var index : secondary()) {
            var name = index.name();
            for (var number = 1; number <= 5; number++) {
                var item = Item.empty().with(index.partitionAttribute(), name);
                ledger().put(new Key("P" + number, name + number), item.with(index.sortAttribute(), "o" + number));
            }

            assertThat(pages(Query.newestFirst(index, name, 2)))
                    .containsExactly(List.of(name + 5, name + 4), List.of(name + 3, name + 2), List.of(name + 1));
            assertThat(found(Query.newestFirst(index, name, 2).before("o3"))).containsExactly(name + 2, name + 1);
            assertThat(pages(Query.ascending(index, name, 3).beginningWith("o")))
                    .containsExactly(List.of(name + 1, name + 2, name + 3), List.of(name + 4, name + 5));
        }
    }

    private static List<Index> secondary() {
        return Arrays.stream(Index.values())
                .filter(index -> index != Index.TABLE)
                .toList();
    }

    @Test
    default void only_items_that_match_are_read_page_by_page() {
        for (var number = 0; number < 6; number++) {
            var item = Item.empty().with("list", "l").with("listOrder", "o" + number);
            var tags = Map.of("os", number % 2 == 0 ? "debian" : "fedora");
            ledger().put(
                            new Key("P", "S" + number),
                            item.with("tags", tags).with("status", number < 4 ? "old" : "new"));
        }
        var debian = Query.newestFirst(Index.LISTS, "l", 2).matching(new Condition.EntryIs("tags", "os", "debian"));

        assertThat(pages(debian)).containsExactly(List.of("S4", "S2"), List.of("S0"));
        assertThat(pages(debian.matching(Condition.all(debian.matching(), Condition.is("status", "old")))))
                .containsExactly(List.of("S2", "S0"));
        assertThat(pages(debian.matching(Condition.is("status", "none")))).containsExactly(List.of());
    }

    @Test
    default void twenty_entries_of_the_longest_keys_and_values_can_be_matched() {
        var tags = IntStream.range(0, 20)
                .mapToObj(number -> Integer.toString(10 + number))
                .collect(Collectors.toMap(
                        number -> number + "\uD83D\uDE00".repeat(126), "\uD83D\uDE00".repeat(126)::concat));
        var item = Item.empty().with("list", "l").with("listOrder", "o");
        ledger().put(new Key("P", "S"), item.with("tags", tags));
        var all = tags.entrySet().stream()
                .map(tag -> new Condition.EntryIs("tags", tag.getKey(), tag.getValue()))
                .toArray(Condition[]::new);

        assertThat(found(Query.newestFirst(Index.LISTS, "l", 2).matching(Condition.all(all))))
                .containsExactly("S");
    }

    @Test
    default void a_page_with_a_limit_of_reads_ends_early_with_a_position() {
        for (var number = 10; number < 40; number++) {
            var item = Item.empty().with("list", "l").with("listOrder", "o" + number);
            ledger().put(new Key("P", "S" + number), item.with("bytes", "x".repeat(100_000)));
        }
        for (var query : List.of(
                Query.newestFirst(Index.LISTS, "l", 100).reads(1),
                Query.newestFirst(Index.LISTS, "l", 100).reads(1).matching(Condition.has("bytes")))) {
            var pages = pages(query);

            assertThat(pages)
                    .hasSize(3)
                    .first()
                    .satisfies(page -> assertThat(page).hasSizeBetween(9, 12));
            assertThat(pages.stream().flatMap(List::stream)).hasSize(30).doesNotHaveDuplicates();
        }
        // DynamoDB Local counts matches, DynamoDB counts examined items.
        assertThat(pages(Query.newestFirst(Index.LISTS, "l", 100).reads(1).matching(Condition.lacks("bytes"))))
                .hasSizeBetween(1, 3)
                .allSatisfy(page -> assertThat(page).isEmpty());
        assertThat(pages(Query.newestFirst(Index.LISTS, "l", 100).reads(3))).hasSize(1);
    }

    @Test
    default void items_of_equal_order_in_an_index_are_each_read_once() {
        for (var number = 0; number < 7; number++) {
            ledger().put(
                            new Key("P" + number, "S"),
                            Item.empty().with("unfinished", "y").with("changedAt", "t"));
        }
        var read = new ArrayList<Query.Position>();
        var query = Query.newestFirst(Index.UNFINISHED, "y", 2);
        var items = new ArrayList<Item>();
        for (var page = ledger().query(query); ; page = ledger().query(query.after(page.next()))) {
            items.addAll(page.items());
            if (page.next() == null) {
                break;
            }
            read.add(page.next());
        }

        assertThat(items).hasSize(7).doesNotHaveDuplicates();
        assertThat(read).hasSize(3);
    }

    @Test
    default void a_limit_out_of_range_and_a_position_of_another_query_are_refused() {
        var foreign = new Query.Position(new Key("REGION#other", "a"), "a");
        var query = Query.partition("REGION#r", "", 10);

        assertThatThrownBy(() -> query.after(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Query.partition("REGION#r", "", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Query.partition("REGION#r", "", 1_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
