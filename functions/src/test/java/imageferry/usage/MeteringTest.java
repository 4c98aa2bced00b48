package imageferry.usage;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.request.CancelCopy;
import imageferry.id.CopyId;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreRefused;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Rule 11: bytes that crossed a border are charged once. Snapshots are charged from their image's creation to its
 * deletion.
 */
class MeteringTest {
    private static final int THREE_PARTS = 15 << 20;
    private static final long TWO_OF_THEM = 10 << 20;

    private final InMemoryService service = new InMemoryService();

    private Bill bill() {
        var prices = new Prices(BigDecimal.ONE, BigDecimal.ONE);
        return accepted(
                new DescribeUsage(new Usage(service.ledger), new Budget(service.ledger), 0, prices, service.clock)
                        .of(OWNER, null, null));
    }

    private CopyId copied() {
        var copy = service.copying(service.image("golden", THREE_PARTS));
        service.finish(copy);
        return copy;
    }

    /** A copy of which two of three parts have arrived. */
    private CopyId halfway() {
        var copy = service.copying(service.image("golden", THREE_PARTS));
        var batch = service.begin(copy).getFirst();
        var earlier = service.store.faults().count(Call.COPY_PART);
        service.store.faults().before(Call.COPY_PART, number -> {
            if (number > earlier + 2) {
                throw new StoreRefused("No more");
            }
        });
        service.copyParts(copy, batch);
        return copy;
    }

    @Test
    void a_copy_that_is_completed_repeatedly_is_charged_once() {
        var copy = copied();
        new CreateImage(service.ledger, service.copies, service.store, service.granting, service.clock).create(copy);
        service.settling.settle(copy, OUTAGE);

        assertThat(bill().moved()).containsExactly(new Bill.Moved(HOME, AWAY, THREE_PARTS, 0));
    }

    @Test
    void a_cancelled_copy_that_is_settled_repeatedly_is_charged_once_for_its_moved_bytes() {
        var copy = halfway();
        accepted(new CancelCopy(service.ledger, service.visible, service.copies, service.clock)
                .cancel(OWNER, service.made(copy).id().value()));

        for (var i = 0; i < 3; i++) {
            service.settling.settle(copy, OUTAGE);
        }

        assertThat(bill().moved()).containsExactly(new Bill.Moved(HOME, AWAY, TWO_OF_THEM, 0));
    }

    @Test
    void a_failed_copy_that_is_settled_repeatedly_is_charged_once_for_its_moved_bytes() {
        var copy = halfway();

        for (var i = 0; i < 3; i++) {
            service.settling.settle(copy, OUTAGE);
        }

        assertThat(bill().moved()).containsExactly(new Bill.Moved(HOME, AWAY, TWO_OF_THEM, 0));
    }

    @Test
    void an_import_stays_in_its_region_and_moves_nothing() {
        service.image("golden");
        var cancelled = service.importing("second", THREE_PARTS);
        service.begin(cancelled);
        service.settling.settle(cancelled, OUTAGE);

        assertThat(bill().moved()).isEmpty();
    }

    @Test
    void a_snapshot_is_stored_from_the_creation_of_its_image_to_its_deletion() {
        var copy = copied();
        service.passes(Duration.ofDays(1));
        accepted(service.deleting().delete(OWNER, service.made(copy).id().value(), false));
        service.passes(Duration.ofDays(29));

        assertThat(bill().stored())
                .containsExactly(
                        new Bill.Stored(AWAY, thisMonth(Duration.ofDays(1))),
                        new Bill.Stored(HOME, thisMonth(Duration.ofDays(30))));

        service.passes(Duration.ofDays(2));
        assertThat(bill().stored()).extracting(Bill.Stored::region).containsExactly(HOME);
    }

    /** The three parts, stored for this time in a month of 31 days. */
    private static Quantity thisMonth(Duration time) {
        var byteMillis = BigInteger.valueOf(THREE_PARTS).multiply(BigInteger.valueOf(time.toMillis()));
        return Quantity.gibMonths(byteMillis, Duration.ofDays(31));
    }

    @Test
    void an_image_that_was_never_made_stores_nothing() {
        service.settling.settle(halfway(), OUTAGE);
        service.passes(Duration.ofDays(1));

        assertThat(bill().stored()).extracting(Bill.Stored::region).containsExactly(HOME);
    }
}
