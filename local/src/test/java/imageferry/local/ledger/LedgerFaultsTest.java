package imageferry.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.aws.DynamoDbLedger;
import imageferry.fault.Calls;
import imageferry.fault.Crash;
import imageferry.fault.Fault;
import imageferry.fault.Fault.Moment;
import imageferry.fault.Plan;
import imageferry.ledger.Change;
import imageferry.ledger.Commit;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A commit happens once under every fault, or the ledger reports that it does not know. */
@Tag("slow")
final class LedgerFaultsTest {
    private static final Key KEY = new Key("USAGE#111111111111#2026-11", "MOVED");
    private static final Write ADD = Write.update(KEY, Condition.always(), Change.add("bytes", 1));

    private final LocalTable table = LocalTable.empty();
    private final Calls calls = new Calls();
    private final DynamoDbLedger ledger = table.ledger(DynamoDbFaults.around(table.client(), calls));

    private long added() {
        return table.ledger().read(KEY).map(item -> item.number("bytes")).orElse(0L);
    }

    @Test
    void a_commit_whose_reply_is_lost_is_repeated_and_happens_once() {
        calls.plan(Plan.script(Map.of(1, DynamoDbFaults.lostReply(), 2, DynamoDbFaults.lostReply())));

        assertThat(ledger.commit(List.of(ADD)).done()).isTrue();

        assertThat(added()).isEqualTo(1);
        assertThat(calls.made()).hasSize(3);
        assertThat(calls.made())
                .extracting(call -> DynamoDbFaults.transaction(call).clientRequestToken())
                .as("one token for all tries")
                .containsOnly(
                        DynamoDbFaults.transaction(calls.made().getFirst()).clientRequestToken());
    }

    @Test
    void a_create_whose_reply_is_lost_is_not_refused_by_itself() {
        calls.plan(Plan.at(1, DynamoDbFaults.lostReply()));

        assertThat(ledger.commit(List.of(Write.create(KEY, Item.empty()))).done())
                .isTrue();
    }

    @Test
    void two_commits_of_the_same_writes_happen_twice() {
        ledger.commit(List.of(ADD));
        ledger.commit(List.of(ADD));

        assertThat(added()).isEqualTo(2);
    }

    @Test
    void transient_conflicts_throttles_and_outages_are_hidden() {
        calls.plan(Plan.script(Map.of(
                1, DynamoDbFaults.conflict(),
                2, DynamoDbFaults.throttled(),
                3, DynamoDbFaults.inProgress(),
                4, DynamoDbFaults.unreachable(),
                5, DynamoDbFaults.serverError(Moment.BEFORE),
                6, DynamoDbFaults.serverError(Moment.AFTER))));

        assertThat(ledger.commit(List.of(ADD)).done()).isTrue();

        assertThat(added()).isEqualTo(1);
    }

    @Test
    void a_permanent_conflict_makes_the_ledger_unavailable_after_25_tries() {
        calls.plan(call -> Optional.of(DynamoDbFaults.conflict()));

        assertThatThrownBy(() -> ledger.commit(List.of(ADD)))
                .isInstanceOf(LedgerUnavailable.class)
                .hasMessageStartingWith("DynamoDB stayed busy or unreachable for 25 tries of a commit of " + KEY
                        + "; whether it happened is unknown, so read before you decide.");

        assertThat(added()).isZero();
        assertThat(calls.made()).hasSize(25);
    }

    @Test
    void reads_queries_and_puts_survive_a_throttle() {
        ledger.put(KEY, Item.empty().with("bytes", 7));
        for (var fault : List.of(DynamoDbFaults.throttled(), DynamoDbFaults.lostReply())) {
            calls.plan(call -> call.number() % 2 == 1 ? Optional.of(fault) : Optional.empty());

            ledger.put(KEY, Item.empty().with("bytes", 8));
            assertThat(ledger.read(KEY)).isPresent();
            assertThat(ledger.read(List.of(KEY))).containsOnlyKeys(KEY);
            assertThat(ledger.query(Query.partition(KEY.partition(), "", 5)).items())
                    .hasSize(1);
            assertThat(calls.made()).hasSize(8);
        }
    }

    @Test
    void a_permanently_invalid_request_is_a_defect_at_once() {
        calls.plan(Plan.at(1, DynamoDbFaults.invalid()));

        assertThatThrownBy(() -> ledger.read(KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DynamoDB refused a read of " + KEY + ", and a retry cannot succeed: ");
        assertThat(calls.made()).hasSize(1);
    }

    @Test
    void a_crash_passes_through() {
        calls.plan(Plan.at(1, Fault.crash(Moment.AFTER)));

        assertThatThrownBy(() -> ledger.commit(List.of(ADD))).isInstanceOf(Crash.class);

        assertThat(added()).isEqualTo(1);
    }

    @Test
    void each_done_commit_under_seeded_faults_happened_once() {
        calls.plan(Plan.seeded(
                42,
                0.3,
                DynamoDbFaults.lostReply(),
                DynamoDbFaults.conflict(),
                DynamoDbFaults.throttled(),
                DynamoDbFaults.serverError(Moment.AFTER)));

        var done = 0;
        for (var turn = 0; turn < 150; turn++) {
            var limit = Condition.any(new Condition.LessThan("bytes", 100));
            var commit = ledger.commit(List.of(Write.update(KEY, limit, Change.add("bytes", 1))));
            done += commit instanceof Commit.Done ? 1 : 0;
        }

        assertThat(done).isEqualTo(100);
        assertThat(added()).isEqualTo(100);
    }
}
