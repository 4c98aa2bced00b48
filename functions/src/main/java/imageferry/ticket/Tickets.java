package imageferry.ticket;

import static imageferry.ledger.Condition.is;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.TicketId;
import imageferry.ledger.Change;
import imageferry.ledger.Index;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Moments;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tickets and the writes that open and decide them. */
public final class Tickets {
    private static final String ALL = "TICKETS";

    private final Ledger ledger;

    public Tickets(Ledger ledger) {
        this.ledger = ledger;
    }

    public Optional<Ticket> find(TicketId id) {
        return ledger.read(key(id)).map(Tickets::ticket);
    }

    /** Everybody's tickets, newest first: the operator's view. */
    public Listing all(int limit, Query.@Nullable Position after) {
        return list(Query.newestFirst(Index.LISTS, ALL, limit).after(after));
    }

    /** The tickets of one requester's copies, newest first. */
    public Listing of(AccountId requester, int limit, Query.@Nullable Position after) {
        return list(Query.newestFirst(Index.ORIGIN, listOf(requester), limit).after(after));
    }

    private Listing list(Query query) {
        var page = ledger.query(query);
        return new Listing(page.items().stream().map(Tickets::ticket).toList(), page.next());
    }

    public static Write opened(Ticket ticket) {
        var order = Moments.sortable(ticket.openedAt()) + "#" + ticket.id();
        return Write.create(
                key(ticket.id()),
                Item.empty()
                        .with("ticketId", ticket.id())
                        .with("copyId", ticket.copy())
                        .with("requester", ticket.requester())
                        .with("kind", ticket.subject().kind())
                        .with(
                                "copyIds",
                                ticket.subject().copies().stream()
                                        .map(CopyId::value)
                                        .toList())
                        .with("sizeBytes", ticket.subject().sizeBytes())
                        .with("state", ticket.state())
                        .with("request", ticket.request())
                        .with("openedAt", ticket.openedAt())
                        .with("list", ALL)
                        .with("listOrder", order)
                        .with("origin", listOf(ticket.requester()))
                        .with("originOrder", order));
    }

    /** An open ticket is decided once. */
    public static Write decided(TicketId id, Ticket.State state, String by, String reason, Instant now) {
        return Write.update(
                key(id),
                is("state", Ticket.State.OPEN),
                Change.put("state", state),
                Change.put("decidedBy", by),
                Change.put("reason", reason),
                Change.put("decidedAt", now));
    }

    private static Key key(TicketId id) {
        return new Key("TICKET#" + id, "TICKET");
    }

    private static String listOf(AccountId requester) {
        return "TICKETS#" + requester;
    }

    private static Ticket ticket(Item item) {
        return new Ticket(
                new TicketId(item.text("ticketId")),
                subject(item),
                new AccountId(item.text("requester")),
                Ticket.State.of(item.text("state")),
                item.maybeText("request").orElse(null),
                item.instant("openedAt"),
                item.maybeInstant("decidedAt")
                        .map(at -> new Ticket.Decision(item.text("decidedBy"), at, item.text("reason")))
                        .orElse(null));
    }

    /** The tickets of earlier releases have one copy and no kind. */
    private static Ticket.Subject subject(Item item) {
        var copies = item.has("copyIds") ? item.list("copyIds") : List.of(item.text("copyId"));
        return new Ticket.Subject(
                item.maybeText("kind").map(Ticket.Kind::of).orElse(Ticket.Kind.IMAGE_SIZE),
                copies.stream().map(CopyId::new).toList(),
                item.number("sizeBytes"));
    }

    /** Some tickets of a list and where to go on. */
    public record Listing(List<Ticket> tickets, Query.@Nullable Position next) {
        public Listing {
            tickets = List.copyOf(tickets);
        }
    }
}
