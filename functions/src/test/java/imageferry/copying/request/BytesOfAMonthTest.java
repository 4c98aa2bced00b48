package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.BatchReport;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
import imageferry.copying.Progress;
import imageferry.copying.Reason;
import imageferry.copying.queue.DecideTicket;
import imageferry.copying.queue.RequestApproval;
import imageferry.id.GroupId;
import imageferry.idempotency.ClientToken;
import imageferry.image.Image;
import imageferry.image.Labels;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.ticket.Ticket;
import imageferry.ticket.Tickets;
import imageferry.usage.Bill;
import imageferry.usage.Budget;
import imageferry.usage.DescribeUsage;
import imageferry.usage.Prices;
import imageferry.usage.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rule 5: a request beyond the bytes of its month waits for the operator, with all its copies on one ticket. */
class BytesOfAMonthTest {
    private static final Region FAR = new Region("ap-south-1");
    private static final long LIMIT = 2_500;

    private final InMemoryService service = new InMemoryService();
    private final Tickets tickets = new Tickets(service.ledger);
    private final RequestWiring requesting = requesting(LIMIT);
    private final CancelCopy cancelling =
            new CancelCopy(service.ledger, service.visible, service.copies, service.clock);
    private final DecideTicket deciding = new DecideTicket(service.ledger, tickets, service.copies, service.clock);
    private final Image image = service.image("golden", 1_000);

    private RequestWiring requesting(long bytesPerMonth) {
        var regions = new Regions(service.regions.installation(), service.regions.operator(), List.of(HOME, AWAY, FAR));
        return new RequestWiring(
                service.ledger,
                service.store,
                regions,
                service.planner,
                new Limits(500L << 30, bytesPerMonth, 5, 4, 50),
                service.clock,
                service.ids);
    }

    private List<Copy> copy(String name, Region... targets) {
        return copies(accepted(requesting.requestCopies().request(OWNER, request(name, null, targets))));
    }

    private RequestCopies.Request request(String name, @Nullable String token, Region... targets) {
        return new RequestCopies.Request(
                image.id().value(),
                Stream.of(targets)
                        .map(region -> new TargetRequest(region.name(), name, Labels.NONE, List.of()))
                        .toList(),
                "Needed",
                token == null ? null : new ClientToken(token, name));
    }

    private List<Copy> copies(GroupId group) {
        return service.copies.find(
                new Groups(service.ledger).find(group).orElseThrow().copies());
    }

    private Copy now(Copy copy) {
        return service.copies.require(copy.id());
    }

    private List<CopyStatus> statuses(List<Copy> copies) {
        return copies.stream().map(this::now).map(Copy::status).toList();
    }

    private Ticket ticket(Copy copy) {
        return tickets.find(now(copy).workflow().ticket()).orElseThrow();
    }

    private Bill.Requested month() {
        var free = new Prices(BigDecimal.ZERO, BigDecimal.ZERO);
        return accepted(new DescribeUsage(
                                new Usage(service.ledger), new Budget(service.ledger), LIMIT, free, service.clock)
                        .of(OWNER, null, null))
                .requested();
    }

    private void requireCounted(long bytes) {
        assertThat(month()).isEqualTo(new Bill.Requested(bytes, LIMIT));
    }

    private void cancelled(Copy copy) {
        accepted(cancelling.cancelCopy(OWNER, copy.id().value()));
        service.settling.settle(copy.id(), OUTAGE);
    }

    @Test
    void a_request_within_the_month_is_counted_and_waits_for_no_approval() {
        var copies = copy("one", AWAY, FAR);

        assertThat(statuses(copies)).containsOnly(CopyStatus.WAITING);
        requireCounted(2_000);
    }

    @Test
    void an_import_is_not_counted() {
        service.importing("another", 5_000);

        requireCounted(0);
    }

    @Test
    void a_request_beyond_the_month_waits_as_a_whole_on_one_ticket() {
        copy("one", AWAY);

        var beyond = copy("two", AWAY, FAR);

        assertThat(statuses(beyond)).containsOnly(CopyStatus.PENDING_APPROVAL);
        assertThat(ticket(beyond.getFirst()))
                .isEqualTo(ticket(beyond.getLast()))
                .isEqualTo(new Ticket(
                        beyond.getFirst().workflow().ticket(),
                        new Ticket.Subject(
                                Ticket.Kind.BYTES_PER_MONTH,
                                beyond.stream().map(Copy::id).toList(),
                                1_000),
                        OWNER.account(),
                        "Needed",
                        service.now()));
        assertThat(Reason.pending(beyond.getFirst(), OPERATOR.account()).detail())
                .contains("more bytes between regions than account 222222222222 may move in a month");
        requireCounted(1_000);
    }

    @Test
    void exactly_the_bytes_of_the_month_pass() {
        service.ledger.commit(List.of(Budget.corrected(OWNER.account(), service.now(), LIMIT - 1_000)));

        assertThat(statuses(copy("one", AWAY))).containsExactly(CopyStatus.WAITING);
        requireCounted(LIMIT);
    }

    @Test
    void one_byte_more_does_not_pass() {
        service.ledger.commit(List.of(Budget.corrected(OWNER.account(), service.now(), LIMIT - 999)));

        assertThat(statuses(copy("one", AWAY))).containsExactly(CopyStatus.PENDING_APPROVAL);
    }

    @Test
    void a_request_larger_than_the_month_waits_though_nothing_was_moved() {
        assertThat(statuses(
                        copies(accepted(requesting(999).requestCopies().request(OWNER, request("one", null, AWAY))))))
                .containsExactly(CopyStatus.PENDING_APPROVAL);
    }

    @Test
    void the_next_month_begins_with_nothing() {
        copy("one", AWAY, FAR);
        service.passes(Duration.ofDays(31));

        assertThat(statuses(copy("two", AWAY, FAR))).containsOnly(CopyStatus.WAITING);
        requireCounted(2_000);
    }

    @Test
    void a_cancelled_copy_gives_back_all_that_it_did_not_move() {
        cancelled(copy("one", AWAY).getFirst());

        requireCounted(0);
    }

    @Test
    void a_failed_copy_keeps_counted_what_it_moved_in_the_month_of_its_request() {
        var copy = copy("one", AWAY).getFirst();
        service.begin(copy.id());
        var arrived = new Progress.Arrived(300, 0, 0);
        service.progress.report(copy.id(), 1, new BatchReport(arrived, service.now(), 0, null));
        var requested = service.now();
        service.passes(Duration.ofDays(40));

        service.settling.settle(copy.id(), OUTAGE);

        requireCounted(0);
        service.passes(Duration.between(service.now(), requested));
        requireCounted(300);
    }

    @Test
    void a_finished_copy_stays_counted() {
        service.finish(copy("one", AWAY).getFirst().id());

        requireCounted(1_000);
    }

    @Test
    void approved_copies_are_counted_and_go_on() {
        copy("one", AWAY);
        var beyond = copy("two", AWAY, FAR);

        accepted(deciding.approve(OPERATOR, ticket(beyond.getFirst()).id().value(), null));

        assertThat(statuses(beyond)).containsOnly(CopyStatus.WAITING);
        requireCounted(3_000);
        cancelled(beyond.getFirst());
        requireCounted(2_000);
        service.finish(beyond.getLast().id());
        requireCounted(2_000);
    }

    @Test
    void rejected_copies_end_and_give_nothing_back() {
        copy("one", AWAY);
        var beyond = copy("two", AWAY, FAR);

        accepted(deciding.reject(OPERATOR, ticket(beyond.getFirst()).id().value(), null));

        assertThat(statuses(beyond)).containsOnly(CopyStatus.FAILING);
        beyond.forEach(copy -> service.settling.settle(copy.id(), OUTAGE));
        requireCounted(1_000);
    }

    @Test
    void the_ticket_stays_open_until_its_last_copy_is_cancelled() {
        copy("one", AWAY);
        var beyond = copy("two", AWAY, FAR);

        cancelled(beyond.getFirst());
        assertThat(ticket(beyond.getFirst()).state()).isEqualTo(Ticket.State.OPEN);

        accepted(cancelling.cancelCopy(OWNER, beyond.getLast().id().value()));
        service.settling.settle(beyond.getLast().id(), OUTAGE);
        assertThat(ticket(beyond.getFirst()).state()).isEqualTo(Ticket.State.WITHDRAWN);
        requireCounted(1_000);
    }

    @Test
    void approval_of_a_ticket_passes_by_its_cancelled_copies() {
        copy("one", AWAY);
        var beyond = copy("two", AWAY, FAR);
        cancelled(beyond.getFirst());

        accepted(deciding.approve(OPERATOR, ticket(beyond.getLast()).id().value(), null));

        assertThat(statuses(beyond)).containsExactly(CopyStatus.CANCELLED, CopyStatus.WAITING);
        requireCounted(2_000);
    }

    @Test
    void the_workflow_opens_the_ticket_of_all_copies_that_a_crash_left_out() {
        copy("one", AWAY);
        var beyond = copy("two", AWAY, FAR);
        var opened = ticket(beyond.getFirst());
        service.ledger.commit(List.of(Write.delete(new Key("TICKET#" + opened.id(), "TICKET"))));

        beyond.forEach(copy ->
                new RequestApproval(service.ledger, service.copies, tickets, service.clock).park(copy.id(), "token"));

        assertThat(ticket(beyond.getLast())).isEqualTo(opened);
    }

    @Test
    void a_repeated_request_is_counted_once() {
        var request = request("one", "token", AWAY, FAR);
        var first = accepted(requesting.requestCopies().request(OWNER, request));

        assertThat(accepted(requesting.requestCopies().request(OWNER, request))).isEqualTo(first);
        requireCounted(2_000);
    }

    @Test
    void a_repeated_request_beyond_the_month_has_the_same_ticket() {
        copy("one", AWAY);
        var request = request("two", "token", AWAY, FAR);
        var first = accepted(requesting.requestCopies().request(OWNER, request));

        assertThat(accepted(requesting.requestCopies().request(OWNER, request))).isEqualTo(first);
        assertThat(tickets.all(10, null).tickets()).hasSize(1);
    }

    @Test
    void a_retry_is_counted_again_or_waits() {
        var failed = copy("one", AWAY).getFirst();
        service.settling.settle(failed.id(), OUTAGE);
        requireCounted(0);

        var counted = retried(requesting, failed);
        assertThat(counted.status()).isEqualTo(CopyStatus.WAITING);
        requireCounted(1_000);
        service.settling.settle(counted.id(), OUTAGE);

        var beyond = retried(requesting(999), failed);
        assertThat(beyond.status()).isEqualTo(CopyStatus.PENDING_APPROVAL);
        assertThat(ticket(beyond).subject().copies()).containsExactly(beyond.id());
        requireCounted(0);
    }

    private Copy retried(RequestWiring requesting, Copy failed) {
        var again = accepted(requesting.retryCopy().retry(OWNER, failed.id().value()));
        return service.copies.require(again);
    }

    @Test
    void a_request_that_breaks_another_rule_is_refused_and_opens_no_ticket() {
        copy("one", AWAY, FAR);

        var refused = requesting.requestCopies().request(OWNER, request("one", null, AWAY));

        assertThat(codes(refused)).containsExactly(Code.IMAGE_NAME_DUPLICATED);
        assertThat(tickets.all(10, null).tickets()).isEmpty();
    }
}
