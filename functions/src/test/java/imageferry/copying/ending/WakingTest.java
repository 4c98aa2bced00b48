package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.Step;
import imageferry.copying.StepResult;
import imageferry.copying.Wake;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestApproval;
import imageferry.copying.queue.RequestSlot;
import imageferry.copying.queue.SlotLimits;
import imageferry.copying.request.CancelCopy;
import imageferry.id.CopyId;
import imageferry.ticket.Tickets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tokens of tasks that were tried more than once: the task that waits is woken, whichever token it has. */
class WakingTest {
    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();
    private final AdvanceCopies advancing = new AdvanceCopies(service.copies, executions, service.clock);

    @Test
    void a_token_that_is_registered_late_does_not_hide_the_current_one() {
        var copy = queued("of the second try");
        slots(0).park(copy, "of the first try, late");

        service.granting.grant(AWAY);
        advancing.wake(copy);

        assertThat(executions.tokens).containsExactly("of the first try, late", "of the second try");
        assertThat(service.copies.require(copy).workflow().wake()).isNull();
    }

    @Test
    void a_token_of_an_ended_state_does_not_hide_the_one_of_the_next_state() {
        var copy = queued("for a slot");
        new RequestApproval(service.ledger, service.copies, new Tickets(service.ledger), service.clock)
                .park(copy, "for approval, late");
        advancing.wake(copy);
        assertThat(executions.tokens).containsExactly("for approval, late");

        service.granting.grant(AWAY);
        advancing.wake(copy);

        assertThat(executions.tokens).endsWith("for a slot");
        assertThat(service.copies.require(copy).workflow().wake()).isNull();
    }

    @Test
    void a_token_that_is_registered_again_is_sent_once() {
        var copy = service.copying(service.image("golden"));
        slots(1).park(copy, "token");
        slots(1).park(copy, "token");

        advancing.wake(copy);

        assertThat(executions.tokens).containsExactly("token");
    }

    /** A copy that waits while its region is full. */
    private CopyId queued(String token) {
        var copy = service.copying(service.image("golden"));
        slots(0).park(copy, token);
        return copy;
    }

    private RequestSlot slots(long limit) {
        var granting =
                new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(limit), service.clock);
        return new RequestSlot(service.ledger, service.copies, service.slots, granting, service.clock);
    }

    @Test
    void a_token_is_a_secret_that_no_text_shows() {
        assertThat(new Wake(Wake.Parking.SLOT, "secret")).hasToString("Wake[Await Slot]");
        assertThat(new Wake(Wake.Parking.APPROVAL, "secret")).hasToString("Wake[Await Approval]");
    }

    @Test
    void a_copy_that_is_not_parked_and_one_that_is_gone_are_left_alone() {
        var copy = service.copying(service.image("golden"));

        advancing.wake(copy);
        advancing.wake(CopyId.random(service.ids));

        assertThat(executions.tokens).isEmpty();
    }

    @Test
    void a_copy_that_asks_again_keeps_its_place_and_the_time_since_which_it_waits() {
        var since = service.now();
        var copy = queued("token");
        service.passes(Duration.ofMinutes(1));

        slots(0).park(copy, "again");

        var workflow = service.copies.require(copy).workflow();
        assertThat(workflow.queuedAt()).isEqualTo(since);
        assertThat(workflow.steps()).containsEntry(Step.AWAIT_SLOT, since);
        assertThat(service.slots.waiting(AWAY)).isEqualTo(1);
        assertThat(service.slots.waitingSince(AWAY)).contains(since);
    }

    @Test
    void a_cancelled_copy_is_not_parked() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, InMemoryService.OUTAGE);

        assertThat(slots(1).park(copy, "token")).isEqualTo(new StepResult.Stopped<>(service.copies.require(copy)));
        assertThat(service.copies.require(copy).workflow().wake()).isNull();
    }

    @Test
    void a_copy_that_was_cancelled_in_the_queue_gives_way_to_the_next() {
        var first = queued("first");
        service.passes(Duration.ofSeconds(1));
        var second = service.copying(service.image("silver"));
        slots(0).park(second, "second");
        accepted(new CancelCopy(service.ledger, service.visible, service.copies, service.clock)
                .cancelCopy(OWNER, first.value()));

        new GrantSlots(service.ledger, service.copies, service.slots, SlotLimits.of(1), service.clock).grant(AWAY);

        assertThat(service.slots.holders(AWAY)).containsExactly(second);
        assertThat(service.slots.waiting(AWAY)).isZero();
        assertThat(service.copies.require(second).status()).isEqualTo(CopyStatus.COPYING);
    }
}
