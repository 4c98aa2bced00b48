package imageferry.copying.queue;

import static imageferry.copying.Ferry.AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Ferry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The two ages that alarm an operator: the wait of the next copy, and the time since the oldest slot was granted. */
final class AgesOfAQueueTest {
    private final Ferry ferry = new Ferry();
    private final GrantSlots one = new GrantSlots(ferry.ledger, ferry.copies, ferry.slots, 1, ferry.clock);
    private final RequestSlot requesting = new RequestSlot(ferry.ledger, ferry.copies, ferry.slots, one, ferry.clock);

    @Test
    void an_idle_region_has_no_ages() {
        assertThat(ferry.slots.heldSince(AWAY)).isEmpty();
        assertThat(ferry.slots.waitingSince(AWAY)).isEmpty();
    }

    @Test
    void the_ages_begin_with_the_first_grant_and_with_the_first_place_in_the_queue() {
        var first = ferry.copying(ferry.image("first"));
        var second = ferry.copying(ferry.image("second"));
        var granted = ferry.now();
        requesting.park(first, "token-1");
        ferry.passes(Duration.ofSeconds(10));
        var queued = ferry.now();
        requesting.park(second, "token-2");
        ferry.passes(Duration.ofSeconds(10));

        assertThat(ferry.slots.heldSince(AWAY)).contains(granted);
        assertThat(ferry.slots.waitingSince(AWAY)).contains(queued);
    }
}
