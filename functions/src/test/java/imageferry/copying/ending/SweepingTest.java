package imageferry.copying.ending;

import static imageferry.copying.Ferry.FRIEND;
import static imageferry.copying.Ferry.HOME;
import static imageferry.copying.Ferry.OUTAGE;
import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.STRANGER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Executions;
import imageferry.copying.Ferry;
import imageferry.copying.Reason;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.Wake;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestSlot;
import imageferry.id.CopyId;
import imageferry.ledger.ForwardingLedger;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.modification.Modifications;
import imageferry.region.Regions;
import imageferry.sharing.Share;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepingTest {
    private final Ferry ferry = new Ferry();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final SweepCopies sweeper = ferry.sweeping(executions);

    private SweepReport sweep() {
        var report = sweeper.sweep(ferry.now());
        assertThat(report.failures()).isEmpty();
        return report;
    }

    private Copy copy(CopyId id) {
        return ferry.copies.require(id);
    }

    @Test
    void a_recently_changed_copy_is_not_swept() {
        ferry.importing("golden", 1_000);
        ferry.passes(Duration.ofMinutes(5));

        assertThat(sweep()).isEqualTo(new SweepReport(0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void a_copy_without_an_execution_is_started() {
        var copy = ferry.importing("golden", 1_000);
        ferry.passes(Duration.ofMinutes(6));

        assertThat(sweep().started()).isEqualTo(1);
        assertThat(executions.started).containsExactly(copy);
    }

    @Test
    void a_copy_whose_execution_has_ended_is_settled_with_a_sentence() {
        var copy = ferry.importing("golden", 1_000);
        ferry.begin(copy);
        executions.states.put(copy, Executions.State.CLOSED);
        ferry.passes(Duration.ofMinutes(6));

        assertThat(sweep().settled()).isEqualTo(1);
        assertThat(copy(copy).status()).isEqualTo(CopyStatus.FAILED);
        assertThat(copy(copy).reason()).extracting(Reason::code).isEqualTo(Reason.EXECUTION_ENDED);
        assertThat(ferry.slots.holders(HOME)).isEmpty();
    }

    @Test
    void a_parked_copy_with_a_granted_slot_is_woken_again() {
        var copy = ferry.importing("golden", 1_000);
        ferry.begin(copy);
        executions.states.put(copy, Executions.State.RUNNING);
        ferry.passes(Duration.ofMinutes(6));

        assertThat(sweep().woken()).isEqualTo(1);
        assertThat(executions.gone).containsExactly(copy);
        assertThat(copy(copy).workflow().wake()).isNull();
    }

    @Test
    void an_upload_that_a_retry_may_take_over_is_kept_for_a_day_and_then_aborted() {
        var copy = ferry.importing("golden", 1_000);
        ferry.begin(copy);
        ferry.settling.settle(copy, OUTAGE);
        ferry.passes(Duration.ofHours(23));

        assertThat(sweep()).isEqualTo(new SweepReport(0, 0, 0, 0, 0, 0, 0, List.of()));
        assertThat(ferry.store.uploads(HOME, Blob.SNAPSHOTS)).hasSize(1);

        ferry.passes(Duration.ofHours(1));
        assertThat(sweep().expired()).isEqualTo(1);
        assertThat(ferry.store.uploads(HOME, Blob.SNAPSHOTS)).isEmpty();
        assertThat(copy(copy).end().resumableUntil()).isNull();
        ferry.passes(Duration.ofHours(1));
        assertThat(sweep().expired()).isZero();
    }

    @Test
    void an_upload_that_could_not_be_aborted_is_aborted_by_the_next_sweep() {
        var copy = ferry.importing("golden", 1_000);
        ferry.begin(copy);
        ferry.settling.settle(copy, OUTAGE);
        ferry.passes(Duration.ofHours(24));
        ferry.store.faults().before(Call.ABORT, number -> {
            throw new StoreUnavailable("Out of reach");
        });
        assertThat(sweeper.sweep(ferry.now()).failures()).isNotEmpty();

        ferry.store.faults().before(Call.ABORT, number -> {});
        ferry.passes(Duration.ofMinutes(6));
        assertThat(sweep().expired()).isEqualTo(1);
        assertThat(ferry.store.uploads(HOME, Blob.SNAPSHOTS)).isEmpty();
    }

    @Test
    void one_copy_that_fails_stops_no_other() {
        var first = ferry.importing("first", 1_000);
        ferry.passes(Duration.ofSeconds(1));
        var second = ferry.importing("second", 1_000);
        executions.broken.add(first);
        ferry.passes(Duration.ofMinutes(6));

        var report = sweeper.sweep(ferry.now());

        assertThat(report.failures()).singleElement().asString().contains(first.value(), "unreachable");
        assertThat(executions.started).containsExactly(second);
    }

    @Test
    void a_queue_of_a_region_that_was_disabled_moves_on() {
        var copy = ferry.copying(ferry.image("golden"));
        var crowded = new GrantSlots(ferry.ledger, ferry.copies, ferry.slots, 0, ferry.clock);
        new RequestSlot(ferry.ledger, ferry.copies, ferry.slots, crowded, ferry.clock).park(copy, "token");
        executions.states.put(copy, Executions.State.RUNNING);
        ferry.passes(Duration.ofMinutes(6));

        ferry.sweeping(executions, ferry.copies, new Regions(ferry.regions.operator(), List.of(HOME)))
                .sweep(ferry.now());

        assertThat(copy(copy).status()).isEqualTo(CopyStatus.COPYING);
    }

    @Test
    void shares_that_a_dead_execution_omitted_are_added() {
        var copy = ferry.copying(ferry.image("golden"), FRIEND, STRANGER);
        ferry.finish(copy);
        ferry.passes(Duration.ofMinutes(6));

        assertThat(sweep().shared()).isEqualTo(1);
        assertThat(sharedWith(copy)).containsExactly(FRIEND.account(), STRANGER.account());
        assertThat(sweep().shared()).isZero();
    }

    @Test
    void a_withdrawn_share_is_not_added_again() {
        var copy = ferry.copying(ferry.image("golden"), FRIEND, STRANGER);
        ferry.finish(copy);
        var settled = Copies.shareSettled(copy, FRIEND.account(), ferry.now());
        accepted(ferry.sharing.share(copy(copy).image(), FRIEND.account(), OWNER.arn(), settled));
        accepted(ferry.sharing.unshare(
                OWNER, copy(copy).image().value(), FRIEND.account().value()));
        ferry.passes(Duration.ofMinutes(6));

        sweep();

        assertThat(sharedWith(copy)).containsExactly(STRANGER.account());
    }

    private List<AccountId> sharedWith(CopyId copy) {
        return ferry.shares.of(copy(copy).image()).stream().map(Share::account).toList();
    }

    @Test
    void a_share_that_is_refused_is_reported_and_not_tried_again() {
        var copy = ferry.copying(ferry.image("golden"), FRIEND);
        ferry.finish(copy);
        accepted(ferry.modifying().modify(OWNER, copy(copy).image().value(), Modifications.DEPRECATE));

        assertThat(ferry.sharingCopied.share(copy))
                .containsExactly(
                        "Image " + copy(copy).image() + " is Deprecated; only an Available image can be shared");
        assertThat(copy(copy).end().sharesDue()).isEmpty();
        assertThat(ferry.sharingCopied.share(copy)).isEmpty();
        assertThat(sharedWith(copy)).isEmpty();
    }

    @Test
    void the_findings_of_a_sweep_are_those_that_show_a_lost_event_or_a_crash() {
        assertThat(new SweepReport(1, 2, 4, 8, 16, 32, 64, List.of()).findings())
                .as("started, settled, shared, uploads and objects")
                .isEqualTo(1 + 2 + 8 + 32 + 64);
    }

    @Test
    void a_copy_that_changed_after_it_was_listed_is_not_swept() {
        var copy = ferry.importing("golden", 1_000);
        ferry.passes(Duration.ofMinutes(6));
        var lagging = new ForwardingLedger(ferry.ledger) {
            @Override
            public Page query(Query query) {
                var page = super.query(query);
                ferry.copies.parked(copy(copy), new Wake(Wake.Parking.SLOT, "token"), ferry.now());
                return page;
            }
        };
        ferry.sweeping(executions, new Copies(lagging), ferry.regions).sweep(ferry.now());

        assertThat(executions.started).isEmpty();
    }
}
