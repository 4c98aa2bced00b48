package imageferry.copying.ending;

import static imageferry.copying.Ferry.AWAY;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Ferry;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestApproval;
import imageferry.copying.queue.RequestSlot;
import imageferry.id.CopyId;
import imageferry.ticket.Tickets;
import org.junit.jupiter.api.Test;

/** Tokens of tasks that were tried more than once: the task that waits is woken, whichever token it has. */
class WakingTest {
    private final Ferry ferry = new Ferry();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final AdvanceCopies advancing = new AdvanceCopies(ferry.copies, executions, ferry.clock);

    @Test
    void a_token_that_is_registered_late_does_not_hide_the_current_one() {
        var copy = queued("of the second try");
        slots(0).park(copy, "of the first try, late");

        ferry.granting.grant(AWAY);
        advancing.wake(copy);

        assertThat(executions.tokens).containsExactly("of the first try, late", "of the second try");
        assertThat(ferry.copies.require(copy).workflow().wake()).isNull();
    }

    @Test
    void a_token_of_an_ended_state_does_not_hide_the_one_of_the_next_state() {
        var copy = queued("for a slot");
        new RequestApproval(ferry.ledger, ferry.copies, new Tickets(ferry.ledger), ferry.clock)
                .park(copy, "for approval, late");
        advancing.wake(copy);
        assertThat(executions.tokens).containsExactly("for approval, late");

        ferry.granting.grant(AWAY);
        advancing.wake(copy);

        assertThat(executions.tokens).endsWith("for a slot");
        assertThat(ferry.copies.require(copy).workflow().wake()).isNull();
    }

    @Test
    void a_token_that_is_registered_again_is_sent_once() {
        var copy = ferry.copying(ferry.image("golden"));
        slots(1).park(copy, "token");
        slots(1).park(copy, "token");

        advancing.wake(copy);

        assertThat(executions.tokens).containsExactly("token");
    }

    /** A copy that waits while its region is full. */
    private CopyId queued(String token) {
        var copy = ferry.copying(ferry.image("golden"));
        slots(0).park(copy, token);
        return copy;
    }

    private RequestSlot slots(long limit) {
        var granting = new GrantSlots(ferry.ledger, ferry.copies, ferry.slots, limit, ferry.clock);
        return new RequestSlot(ferry.ledger, ferry.copies, ferry.slots, granting, ferry.clock);
    }
}
