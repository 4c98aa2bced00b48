package imageferry.copying.queue;

import static imageferry.copying.InMemoryService.AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The two ages that alarm an operator: the wait of the next copy, and the time since the oldest slot was granted. */
final class AgesOfAQueueTest {
    private final InMemoryService service = new InMemoryService();
    private final GrantSlots one =
            new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(1), service.clock);
    private final RequestSlot requesting =
            new RequestSlot(service.ledger, service.copies, service.slots, one, service.clock);

    @Test
    void an_idle_region_has_no_ages() {
        assertThat(service.slots.heldSince(AWAY)).isEmpty();
        assertThat(service.slots.waitingSince(AWAY)).isEmpty();
    }

    @Test
    void the_ages_begin_with_the_first_grant_and_with_the_first_place_in_the_queue() {
        var first = service.copying(service.image("first"));
        var second = service.copying(service.image("second"));
        var granted = service.now();
        requesting.park(first, "token-1");
        service.passes(Duration.ofSeconds(10));
        var queued = service.now();
        requesting.park(second, "token-2");
        service.passes(Duration.ofSeconds(10));

        assertThat(service.slots.heldSince(AWAY)).contains(granted);
        assertThat(service.slots.waitingSince(AWAY)).contains(queued);
    }
}
