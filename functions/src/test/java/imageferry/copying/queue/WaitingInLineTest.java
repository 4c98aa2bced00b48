package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.BatchReport;
import imageferry.copying.Copies;
import imageferry.copying.InMemoryService;
import imageferry.copying.Progress;
import imageferry.copying.StepResult;
import imageferry.copying.Throughput;
import imageferry.copying.ending.CreateImage;
import imageferry.copying.ending.Release;
import imageferry.copying.ending.SettleCopy;
import imageferry.copying.queue.Queues.Place;
import imageferry.copying.transfer.CompleteSnapshotCopy;
import imageferry.fault.Call;
import imageferry.fault.Calls;
import imageferry.id.CopyId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ticket.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A waiting copy has its place and its estimated start. The region here has one slot. */
class WaitingInLineTest {
    private final InMemoryService service = new InMemoryService();
    private final Calls calls = new Calls();
    private final Ledger ledger = calls.around(Ledger.class, service.ledger);
    private final GrantSlots granting =
            new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(1), service.clock);
    private final SettleCopy settling = new SettleCopy(
            service.ledger,
            service.copies,
            service.app.deletions(),
            new Release(service.images, service.copies, service.slots, new Tickets(service.ledger), service.progress),
            granting,
            service.clock);
    private final Queues queues =
            new Queues(new Copies(ledger), new Progress(ledger), new Slots(ledger), SlotLimits.of(1), service.clock);

    private CopyId parked(String name, int bytes) {
        var copy = service.importing(name, bytes);
        new RequestSlot(service.ledger, service.copies, service.slots, granting, service.clock).park(copy, "token");
        service.passes(Duration.ofSeconds(1));
        return copy;
    }

    private Place place(CopyId copy) {
        return queues.of(HOME).get(copy);
    }

    private Instant in(Duration time) {
        return service.now().plus(time);
    }

    /** The throughput of a finished copy: 100 bytes a second. */
    private void aHundredBytesASecond() {
        var copy = service.importing("yardstick", 1_000);
        service.begin(copy);
        service.passes(Duration.ofSeconds(10));
        service.finish(copy);
    }

    @Test
    void a_copy_with_a_slot_is_in_no_queue() {
        var running = parked("running", 1_000);

        assertThat(queues.of(HOME)).isEmpty();
        assertThat(service.slots.holders(HOME)).containsExactly(running);
    }

    @Test
    void places_are_counted_from_the_next_one_on() {
        parked("running", 1_000);
        var next = parked("next", 1_000);
        var last = parked("last", 1_000);

        assertThat(place(next).position()).isEqualTo(1);
        assertThat(place(last).position()).isEqualTo(2);
    }

    @Test
    void the_start_is_estimated_from_the_running_and_the_earlier_copies() {
        aHundredBytesASecond();
        var running = parked("running", 2_000);
        var next = parked("next", 3_000);
        var last = parked("last", 500);

        assertThat(place(next).startsAt()).isEqualTo(in(Duration.ofSeconds(20)));
        assertThat(place(last).startsAt()).isEqualTo(in(Duration.ofSeconds(50)));

        arrived(running, 1_500);
        assertThat(place(next).startsAt()).isEqualTo(in(Duration.ofSeconds(5)));
        assertThat(place(last).startsAt()).isEqualTo(in(Duration.ofSeconds(35)));
    }

    @Test
    void before_any_copy_ended_the_running_ones_show_the_rate() {
        var running = parked("running", 2_000);
        var next = parked("next", 1_000);
        assertThat(place(next).startsAt()).isNull();

        service.passes(Duration.ofSeconds(8));
        arrived(running, 500);

        assertThat(place(next).startsAt()).isEqualTo(in(Duration.ofSeconds(30)));
    }

    @Test
    void a_failure_ahead_moves_all_copies_up() {
        aHundredBytesASecond();
        parked("running", 2_000);
        var next = parked("next", 3_000);
        var last = parked("last", 500);

        settling.settle(next, OUTAGE);

        assertThat(place(last)).isEqualTo(new Place(1, in(Duration.ofSeconds(20))));
    }

    @Test
    void the_rate_is_recorded_when_the_slot_is_given_back() {
        assertThat(service.slots.use(HOME).throughput()).isNull();

        aHundredBytesASecond();

        assertThat(service.slots.use(HOME).throughput())
                .extracting(Throughput::bytesPerSecond)
                .isEqualTo(100L);
        assertThat(service.slots.holders(HOME)).isEmpty();
    }

    @Test
    void a_failed_copy_does_not_change_the_rate() {
        var copy = service.importing("doomed", 1_000);
        service.begin(copy);
        service.passes(Duration.ofSeconds(10));
        service.settling.settle(copy, OUTAGE);

        assertThat(service.slots.use(HOME).throughput()).isNull();
    }

    @Test
    void the_cost_of_reading_a_queue_does_not_depend_on_its_length() {
        aHundredBytesASecond();
        parked("running", 1_000);
        var next = parked("next", 1_000);
        IntStream.range(0, 1_500).forEach(this::waiting);
        calls.restart();

        var places = queues.of(HOME);

        assertThat(places).hasSize(1_000);
        assertThat(places.get(next).position()).isEqualTo(1);
        assertThat(places.values()).allMatch(place -> place.startsAt() != null);
        assertThat(calls.made()).extracting(Call::method).containsExactly("query", "read", "read", "read");
    }

    @Test
    void with_more_running_copies_than_one_page_there_is_no_estimate() {
        aHundredBytesASecond();
        parked("running", 1_000);
        var next = parked("next", 1_000);
        var holders = Item.empty();
        for (var i = 0; i < 101; i++) {
            holders = holders.with(id(i).value(), "2026-01-01T00:00:00Z");
        }
        service.ledger.put(new Key("REGION#us-east-1", "SLOTS"), Item.empty().with("holders", holders.attributes()));

        assertThat(place(next)).isEqualTo(new Place(1, null));
    }

    private void waiting(int number) {
        var since = "2027-01-01T00:00:00.%09dZ".formatted(number);
        service.ledger.put(
                new Key("REGION#us-east-1", "WAIT#" + since + "#" + id(number)),
                Item.empty().with("copyId", id(number)).with("bytes", 1_000));
    }

    private static CopyId id(int number) {
        var letters = Integer.toString(number + 26 * 26 * 26, 26)
                .chars()
                .mapToObj(digit -> String.valueOf((char) ('a' + Character.digit(digit, 26))))
                .reduce("", String::concat);
        return new CopyId("c-" + "a".repeat(17 - letters.length()) + letters);
    }

    private void arrived(CopyId copy, long bytes) {
        var arrived = new Progress.Arrived(bytes, 0, 0);
        service.progress.report(copy, 1, new BatchReport(arrived, service.clock.instant(), 0, null));
    }

    @Test
    void the_slot_of_a_failed_copy_goes_to_the_next() {
        var running = parked("running", 1_000);
        var next = parked("next", 1_000);

        settling.settle(running, OUTAGE);

        assertThat(service.slots.holders(HOME)).containsExactly(next);
    }

    @Test
    void the_slot_of_a_copy_that_made_its_image_goes_to_the_next() {
        var running = parked("running", 1_000);
        var next = parked("next", 1_000);
        for (var batch : service.begin(running)) {
            service.copyParts(running, batch);
        }
        new CompleteSnapshotCopy(service.store, service.copies, service.clock).complete(running);

        new CreateImage(service.ledger, service.copies, service.store, granting, service.clock).create(running);

        assertThat(service.slots.holders(HOME)).containsExactly(next);
    }

    @Test
    void a_copy_that_ended_makes_no_image() {
        var copy = service.importing("golden", 1_000);
        settling.settle(copy, OUTAGE);

        assertThat(new CreateImage(service.ledger, service.copies, service.store, granting, service.clock).create(copy))
                .isEqualTo(new StepResult.Stopped<>(service.copies.require(copy)));
    }
}
