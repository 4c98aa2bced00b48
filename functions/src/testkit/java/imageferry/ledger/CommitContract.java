package imageferry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Transactions: all writes or none, with every reason for a refusal. */
public interface CommitContract extends LedgerUnderTest {
    @Test
    default void all_writes_happen() {
        var third = new Key("IMAGE#m-3", "IMAGE");
        ledger().put(OTHER, Item.empty().with("count", 1));
        ledger().put(third, Item.empty());

        var commit = ledger().commit(List.of(
                Write.create(KEY, Item.empty().with("name", "a")),
                Write.update(OTHER, Condition.exists(), Change.add("count", 2)),
                Write.delete(third)));

        assertThat(commit.done()).isTrue();
        assertThat(stored().text("name")).isEqualTo("a");
        assertThat(ledger().read(OTHER).orElseThrow().number("count")).isEqualTo(3);
        assertThat(ledger().read(third)).isEmpty();
    }

    @Test
    default void one_failed_condition_stops_every_write_and_returns_the_stored_item() {
        ledger().put(OTHER, Item.empty().with("status", "Available"));
        var create = Write.create(KEY, Item.empty());
        var update = Write.update(OTHER, Condition.is("status", "Waiting"), Change.put("status", "Creating"));

        var commit = ledger().commit(List.of(create, update));

        var current = ledger().read(OTHER);
        assertThat(commit).isEqualTo(new Commit.Refused(List.of(new Commit.Refusal(update, current.orElseThrow()))));
        assertThat(current.orElseThrow().text("status")).isEqualTo("Available");
        assertThat(ledger().read(KEY)).isEmpty();
    }

    @Test
    default void every_refused_write_is_reported_in_the_order_of_the_writes() {
        ledger().put(OTHER, Item.empty().with("a", 1));
        var check = Write.check(KEY, Condition.exists());
        var create = Write.create(OTHER, Item.empty());
        var fine = Write.create(new Key("P", "S"), Item.empty());

        var commit = (Commit.Refused) ledger().commit(List.of(check, fine, create));

        assertThat(commit.refusals())
                .containsExactly(
                        new Commit.Refusal(check, null),
                        new Commit.Refusal(create, ledger().read(OTHER).orElseThrow()));
        assertThat(commit.of(fine)).isFalse();
        assertThat(commit.of(create)).isTrue();
    }

    @Test
    default void a_check_changes_nothing() {
        ledger().put(KEY, Item.empty().with("a", 1));
        var before = stored();

        var commit = ledger().commit(List.of(Write.check(KEY, Condition.has("a")), Write.create(OTHER, Item.empty())));

        assertThat(commit.done()).isTrue();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    default void deleting_an_absent_item_does_nothing() {
        assertThat(ledger().commit(List.of(Write.delete(KEY))).done()).isTrue();
    }

    @Test
    default void a_hundred_writes_are_one_transaction_and_one_more_is_refused() {
        var writes = IntStream.range(0, 101)
                .mapToObj(number -> Write.create(new Key("P", "S" + number), Item.empty()))
                .toList();

        assertThat(ledger().commit(writes.subList(0, 100)).done()).isTrue();
        assertThatThrownBy(() -> ledger().commit(writes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A transaction has 1 to 100 writes, not 101");
    }

    @Test
    default void two_writes_of_one_item_are_refused() {
        var writes = List.of(Write.create(KEY, Item.empty()), Write.check(KEY, Condition.exists()));

        assertThatThrownBy(() -> ledger().commit(writes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("writes IMAGE#m-1/IMAGE twice");
    }

    @Test
    default void parallel_commits_create_the_item_once_and_lose_no_addition() throws Exception {
        Callable<Commit> one = () -> ledger().commit(
                        List.of(Write.update(OTHER, new Condition.LessThan("count", 3), Change.add("count", 1))));
        Callable<Commit> other = () -> ledger().commit(List.of(Write.create(KEY, Item.empty())));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var added = threads.invokeAll(Stream.generate(() -> one).limit(6).toList());
            var created =
                    threads.invokeAll(Stream.generate(() -> other).limit(6).toList());

            assertThat(added).filteredOn(commit -> commit.resultNow().done()).hasSize(3);
            assertThat(created).filteredOn(commit -> commit.resultNow().done()).hasSize(1);
        }
        assertThat(ledger().read(OTHER).orElseThrow().number("count")).isEqualTo(3);
    }
}
