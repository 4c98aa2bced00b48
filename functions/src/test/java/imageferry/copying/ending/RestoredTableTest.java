package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.Executions;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.TargetRequest;
import imageferry.id.CopyId;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.ticket.Ticket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table that was restored from a backup knows an earlier moment than its buckets. */
class RestoredTableTest {
    private final InMemoryService service = new InMemoryService();
    private final RecordedExecutions executions = new RecordedExecutions();

    /** A copy whose record says Copying again, although its image was available. */
    private CopyId restoredIntoCopying() {
        var copy = service.importing("golden", 1_000);
        var batches = service.begin(copy);
        var backup = service.ledger.contents();
        service.finish(copy, batches);
        service.ledger.replace(backup);
        executions.states.put(copy, Executions.State.SUCCEEDED);
        service.passes(Duration.ofDays(1));
        return copy;
    }

    @Test
    void a_copy_whose_execution_succeeded_becomes_available_again() {
        var copy = restoredIntoCopying();

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.failures()).isEmpty();
        assertThat(report.copies().completed()).isEqualTo(1);
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.AVAILABLE);
        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(service.store.look(service.made(copy).blob())).isPresent();
    }

    @Test
    void a_copy_whose_object_was_deleted_since_ends_as_failed() {
        var copy = restoredIntoCopying();
        service.store.delete(service.copies.require(copy).target());

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.failures()).isEmpty();
        assertThat(report.copies().settled()).isEqualTo(1);
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
    }

    @Test
    void a_copy_that_waits_again_becomes_available_again_though_its_upload_is_gone() {
        var copy = service.importing("golden", 1_000);
        restoredBefore(() -> service.finish(copy), copy);

        assertThat(service.sweeping(executions).sweep(service.now()).failures()).isEmpty();

        assertIsAvailable(copy);
    }

    @Test
    void a_copy_that_waits_for_approval_again_becomes_available_and_its_ticket_is_withdrawn() {
        var image = service.image("golden");
        var target = new TargetRequest(AWAY.name(), null, Labels.NONE, List.of());
        var group = accepted(service.requesting(service.ledger, new Limits(999, 5, 4, 50))
                .requestCopies()
                .request(OWNER, new RequestCopies.Request(image.id().value(), List.of(target), null, null)));
        var copy = new Groups(service.ledger).find(group).orElseThrow().copies().getFirst();
        var ticket = service.copies.require(copy).workflow().ticket();
        restoredBefore(
                () -> {
                    accepted(service.app.forApi().decideTicket().approve(OPERATOR, ticket.value(), "Needed"));
                    service.finish(copy);
                },
                copy);

        assertThat(service.sweeping(executions).sweep(service.now()).failures()).isEmpty();

        assertIsAvailable(copy);
        assertThat(service.app.tickets().find(ticket).orElseThrow().state()).isEqualTo(Ticket.State.WITHDRAWN);
    }

    /** Restores the table to the moment before these steps, over the buckets after them. */
    private void restoredBefore(Runnable steps, CopyId copy) {
        var backup = service.ledger.contents();
        steps.run();
        service.ledger.replace(backup);
        executions.states.put(copy, Executions.State.SUCCEEDED);
        service.passes(Duration.ofDays(1));
    }

    private void assertIsAvailable(CopyId copy) {
        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.AVAILABLE);
        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(service.store.look(service.made(copy).blob())).isPresent();
    }

    @Test
    void a_copy_that_is_settled_as_failed_keeps_its_finished_object_for_a_week() {
        var copy = restoredIntoCopying();
        var blob = service.copies.require(copy).target();

        service.settling.settle(copy, OUTAGE);

        assertThat(service.copies.require(copy).status()).isEqualTo(CopyStatus.FAILED);
        assertThat(service.store.look(blob)).isPresent();
        assertThat(service.sweeping(executions).sweep(service.now()).bytes().quarantined())
                .isEqualTo(1);
    }

    @Test
    void the_snapshots_of_newer_images_stay_for_a_week() {
        service.image("older");
        var backup = service.ledger.contents();
        var newer = service.image("newer");
        service.ledger.replace(backup);
        service.passes(Duration.ofDays(1));

        var report = service.sweeping(executions).sweep(service.now());

        assertThat(report.bytes().quarantined()).isEqualTo(1);
        assertThat(service.store.look(newer.blob())).isPresent();
    }
}
