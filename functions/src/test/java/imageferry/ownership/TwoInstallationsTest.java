package imageferry.ownership;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.copying.Reason;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.StepResult;
import imageferry.copying.ending.SweepReport;
import imageferry.copying.request.RequestImport;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.function.App;
import imageferry.function.TestApp;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.ledger.InMemoryLedger;
import imageferry.ownership.Ownership.Owner;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two tables over one set of buckets: no table's user or sweeper loses bytes to the other. */
class TwoInstallationsTest {
    private final InMemoryService first = new InMemoryService();
    /** Has its own table, over the buckets of the first. */
    private final App second = TestApp.over(
            Map.of("REGIONS", HOME + "," + AWAY),
            new InMemoryLedger(),
            first.store,
            new RecordedExecutions(),
            TestApp.NONE,
            first.clock,
            new Random(2));

    /** Requests an import at the second installation. */
    private CopyId importing() {
        var key = "imports/" + OWNER.account() + "/disk";
        first.store.put(new Blob(HOME, key), Bytes.random(1, 1_000));
        var request = new RequestImport.Request(
                HOME.name(), new ImageName("golden"), key, InMemoryService.ANY_BYTES, Labels.NONE, null);
        return accepted(second.requesting().requestImport().request(OWNER, request));
    }

    private SweepReport sweepOfTheSecond() {
        return second.forEvents().sweepCopies().sweep(first.now());
    }

    @Test
    void the_sweeper_of_the_second_deletes_nothing_and_says_why() {
        var image = first.image("golden");
        first.finish(first.copying(image));
        first.passes(Duration.ofDays(30));

        var report = sweepOfTheSecond();

        assertThat(report.bytes().quarantined()).isZero();
        assertThat(report.failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).contains("another installation", "./stacks adopt"));
        assertThat(first.store.look(image.blob())).isPresent();
        assertThat(first.store.tags(image.blob())).isEmpty();
    }

    @Test
    void a_copy_of_the_second_is_refused_before_it_writes() {
        var copy = importing();
        second.forWorkflow().requestSlot().park(copy, "token");

        var begun = second.forWorkflow().startSnapshotCopy().start(copy);

        assertThat(begun)
                .isInstanceOfSatisfying(
                        StepResult.Refused.class,
                        refused ->
                                assertThat(refused.reason().code()).isEqualTo(Reason.REGION_OF_ANOTHER_INSTALLATION));
        assertThat(first.store.uploads(HOME, "")).isEmpty();
    }

    @Test
    void a_cancelled_copy_of_the_second_ends_and_leaves_the_bytes_of_the_first() {
        var copy = importing();
        var target = second.copies().require(copy).target();
        accepted(second.forApi()
                .cancelCopy()
                .cancel(OWNER, second.copies().require(copy).image().value()));
        first.store.createText(target, "bytes of the first");

        second.forWorkflow().settleCopy().settle(copy, OUTAGE);

        assertThat(second.copies().require(copy).status().ended()).isTrue();
        assertThat(first.store.look(target)).isPresent();
    }

    @Test
    void an_image_whose_bucket_was_adopted_by_another_table_stays_in_deletion() {
        var image = first.image("golden");
        first.store.replaceText(
                Blob.ledger(HOME), second.ownership().identity().require().value());

        accepted(first.deleting().delete(OWNER, image.id().value(), false));

        assertThat(first.image(image.id()).status()).isEqualTo(ImageStatus.DELETING);
        assertThat(first.store.look(image.blob())).isPresent();
        assertThat(first.removals().finishAll(first.now().plusSeconds(1)).failures())
                .singleElement()
                .asString()
                .contains("another installation");
    }

    @Test
    void an_empty_table_over_full_buckets_that_name_nobody_touches_nothing() {
        var image = first.image("golden");
        first.store.delete(Blob.ledger(HOME));
        first.passes(Duration.ofDays(1));

        var report = sweepOfTheSecond();

        assertThat(report.failures())
                .anySatisfy(failure -> assertThat(failure).contains(HOME.name(), "no record says whose they are"));
        assertThat(first.store.look(image.blob())).isPresent();
        assertThat(second.ownership().acquire(HOME)).get().asString().contains("./stacks adopt us-east-1");
    }

    @Test
    void of_two_new_homes_that_start_at_once_one_gets_the_bucket() {
        var store = new InMemorySnapshotStore(() -> Instant.EPOCH);
        var quick = new Ownership(new Identity(new InMemoryLedger(), new Ids(new Random(1))), store);
        var calls = new Calls();
        calls.plan(Plan.overtakenAt(
                "createText", () -> assertThat(quick.acquire(AWAY)).isEmpty()));
        var slow = new Ownership(
                new Identity(new InMemoryLedger(), new Ids(new Random(2))), calls.around(SnapshotStore.class, store));

        assertThat(slow.acquire(AWAY)).get().asString().contains("another installation");
        assertThat(slow.of(AWAY)).isEqualTo(Owner.ANOTHER_INSTALLATION);
        assertThat(quick.of(AWAY)).isEqualTo(Owner.THIS_INSTALLATION);
    }
}
