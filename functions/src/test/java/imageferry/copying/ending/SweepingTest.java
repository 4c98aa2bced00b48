package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Executions;
import imageferry.copying.InMemoryService;
import imageferry.copying.Reason;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.Wake;
import imageferry.copying.ending.SweepReport.Continued;
import imageferry.copying.ending.SweepReport.Removed;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestSlot;
import imageferry.copying.queue.SlotLimits;
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
    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final SweepCopies sweeper = service.sweeping(executions);

    private SweepReport sweep() {
        var report = sweeper.sweep(service.now());
        assertThat(report.failures()).isEmpty();
        return report;
    }

    private Copy copy(CopyId id) {
        return service.copies.require(id);
    }

    @Test
    void a_recently_changed_copy_is_not_swept() {
        service.importing("golden", 1_000);
        service.passes(Duration.ofMinutes(5));

        assertThat(sweep()).isEqualTo(SweepReport.NOTHING);
    }

    @Test
    void a_copy_without_an_execution_is_started() {
        var copy = service.importing("golden", 1_000);
        service.passes(Duration.ofMinutes(6));

        assertThat(sweep().copies().started()).isEqualTo(1);
        assertThat(executions.started).containsExactly(copy);
    }

    @Test
    void a_copy_whose_execution_has_ended_is_settled_with_a_sentence() {
        var copy = service.importing("golden", 1_000);
        service.begin(copy);
        executions.states.put(copy, Executions.State.FAILED);
        service.passes(Duration.ofMinutes(6));

        assertThat(sweep().copies().settled()).isEqualTo(1);
        assertThat(copy(copy).status()).isEqualTo(CopyStatus.FAILED);
        assertThat(copy(copy).reason()).extracting(Reason::code).isEqualTo(Reason.EXECUTION_ENDED);
        assertThat(service.slots.holders(HOME)).isEmpty();
    }

    @Test
    void a_parked_copy_with_a_granted_slot_is_woken_again() {
        var copy = service.importing("golden", 1_000);
        service.begin(copy);
        executions.states.put(copy, Executions.State.RUNNING);
        service.passes(Duration.ofMinutes(6));

        assertThat(sweep().copies().woken()).isEqualTo(1);
        assertThat(executions.gone).containsExactly(copy);
        assertThat(copy(copy).workflow().wake()).isNull();
    }

    @Test
    void an_upload_that_a_retry_may_take_over_is_kept_for_a_day_and_then_aborted() {
        var copy = service.importing("golden", 1_000);
        service.begin(copy);
        service.settling.settle(copy, OUTAGE);
        service.passes(Duration.ofHours(23));

        assertThat(sweep()).isEqualTo(SweepReport.NOTHING);
        assertThat(service.store.uploads(HOME, Blob.SNAPSHOTS)).hasSize(1);

        service.passes(Duration.ofHours(1));
        assertThat(sweep().bytes().expired()).isEqualTo(1);
        assertThat(service.store.uploads(HOME, Blob.SNAPSHOTS)).isEmpty();
        assertThat(copy(copy).end().resumableUntil()).isNull();
        service.passes(Duration.ofHours(1));
        assertThat(sweep().bytes().expired()).isZero();
    }

    @Test
    void an_upload_that_could_not_be_aborted_is_aborted_by_the_next_sweep() {
        var copy = service.importing("golden", 1_000);
        service.begin(copy);
        service.settling.settle(copy, OUTAGE);
        service.passes(Duration.ofHours(24));
        service.store.faults().before(Call.ABORT, number -> {
            throw new StoreUnavailable("Out of reach");
        });
        assertThat(sweeper.sweep(service.now()).failures()).isNotEmpty();

        service.store.faults().before(Call.ABORT, number -> {});
        service.passes(Duration.ofMinutes(6));
        assertThat(sweep().bytes().expired()).isEqualTo(1);
        assertThat(service.store.uploads(HOME, Blob.SNAPSHOTS)).isEmpty();
    }

    @Test
    void one_copy_that_fails_stops_no_other() {
        var first = service.importing("first", 1_000);
        service.passes(Duration.ofSeconds(1));
        var second = service.importing("second", 1_000);
        executions.broken.add(first);
        service.passes(Duration.ofMinutes(6));

        var report = sweeper.sweep(service.now());

        assertThat(report.failures()).singleElement().asString().contains(first.value(), "unreachable");
        assertThat(executions.started).containsExactly(second);
    }

    @Test
    void a_queue_of_a_region_that_was_disabled_moves_on() {
        var copy = service.copying(service.image("golden"));
        var crowded = new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(0), service.clock);
        new RequestSlot(service.ledger, service.copies, service.slots, crowded, service.clock).park(copy, "token");
        executions.states.put(copy, Executions.State.RUNNING);
        service.passes(Duration.ofMinutes(6));

        service.sweeping(
                        executions,
                        service.copies,
                        new Regions("imageferry", service.regions.operator(), List.of(HOME)))
                .sweep(service.now());

        assertThat(copy(copy).status()).isEqualTo(CopyStatus.COPYING);
    }

    @Test
    void shares_that_a_dead_execution_omitted_are_added() {
        var copy = service.copying(service.image("golden"), FRIEND, STRANGER);
        service.finish(copy);
        service.passes(Duration.ofMinutes(6));

        assertThat(sweep().copies().shared()).isEqualTo(1);
        assertThat(sharedWith(copy)).containsExactly(FRIEND.account(), STRANGER.account());
        assertThat(sweep().copies().shared()).isZero();
    }

    @Test
    void a_withdrawn_share_is_not_added_again() {
        var copy = service.copying(service.image("golden"), FRIEND, STRANGER);
        service.finish(copy);
        var settled = Copies.shareSettled(copy, FRIEND.account(), service.now());
        accepted(service.sharing.share(copy(copy).image(), FRIEND.account(), OWNER.arn(), settled));
        accepted(service.sharing.unshare(
                OWNER, copy(copy).image().value(), FRIEND.account().value()));
        service.passes(Duration.ofMinutes(6));

        sweep();

        assertThat(sharedWith(copy)).containsExactly(STRANGER.account());
    }

    private List<AccountId> sharedWith(CopyId copy) {
        return service.shares.of(copy(copy).image()).stream()
                .map(Share::account)
                .toList();
    }

    @Test
    void a_share_that_is_refused_is_reported_and_not_tried_again() {
        var copy = service.copying(service.image("golden"), FRIEND);
        service.finish(copy);
        accepted(service.modifying().modify(OWNER, copy(copy).image().value(), Modifications.DEPRECATE));

        assertThat(service.sharingCopied.share(copy))
                .containsExactly(
                        "Image " + copy(copy).image() + " is Deprecated; only an Available image can be shared");
        assertThat(copy(copy).end().sharesDue()).isEmpty();
        assertThat(service.sharingCopied.share(copy)).isEmpty();
        assertThat(sharedWith(copy)).isEmpty();
    }

    @Test
    void a_region_whose_store_is_out_of_reach_is_left_for_the_rest_of_the_sweep() {
        for (var name : List.of("one", "two")) {
            var copy = service.copying(service.image(name));
            service.begin(copy);
            service.settling.settle(copy, OUTAGE);
        }
        service.passes(Duration.ofHours(25));
        var before = service.store.faults().count(Call.TEXT);
        service.store.faults().before(Call.TEXT, number -> {
            throw new StoreUnavailable("Out of reach");
        });

        var report = sweeper.sweep(service.now());

        assertThat(report.failures())
                .as("one copy, and the bucket of the other region")
                .hasSize(2);
        assertThat(service.store.faults().count(Call.TEXT) - before).isEqualTo(2);
    }

    @Test
    void the_findings_of_a_sweep_are_those_that_show_a_lost_event_or_a_crash() {
        assertThat(new SweepReport(new Continued(1, 2, 4, 8, 16, 512), new Removed(32, 64, 128, 256), List.of())
                        .findings())
                .as("started, completed, settled, shared, imported, uploads, quarantined and objects")
                .isEqualTo(1 + 2 + 4 + 16 + 512 + 64 + 128 + 256);
    }

    @Test
    void a_copy_that_changed_after_it_was_listed_is_not_swept() {
        var copy = service.importing("golden", 1_000);
        service.passes(Duration.ofMinutes(6));
        var lagging = new ForwardingLedger(service.ledger) {
            @Override
            public Page query(Query query) {
                var page = super.query(query);
                service.copies.parked(copy(copy), new Wake(Wake.Parking.SLOT, "token"), service.now());
                return page;
            }
        };
        service.sweeping(executions, new Copies(lagging), service.regions).sweep(service.now());

        assertThat(executions.started).isEmpty();
    }
}
