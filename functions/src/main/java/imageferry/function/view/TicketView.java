package imageferry.function.view;

import imageferry.id.CopyId;
import imageferry.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ticket as the operator and its requester see it. */
public record TicketView(
        String ticketId,
        String kind,
        String copyId,
        List<String> copyIds,
        long sizeBytes,
        String state,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason) {
    public static TicketView of(Ticket ticket) {
        var decision = ticket.decision();
        return new TicketView(
                ticket.id().value(),
                ticket.subject().kind().toString(),
                ticket.copy().value(),
                ticket.subject().copies().stream().map(CopyId::value).toList(),
                ticket.subject().sizeBytes(),
                ticket.state().toString(),
                decision == null ? null : decision.by(),
                decision == null ? null : decision.at(),
                decision == null ? ticket.request() : decision.reason());
    }

    public static List<TicketView> all(List<Ticket> tickets) {
        return tickets.stream().map(TicketView::of).toList();
    }
}
