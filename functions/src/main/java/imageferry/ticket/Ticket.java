package imageferry.ticket;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.TicketId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The operator's approval that a very large copy waits for.
 *
 * @param requester the account that wants the copy
 * @param sizeBytes the source's size in bytes, read from the store
 * @param request the requester's reason
 * @param decision set once it is decided
 */
public record Ticket(
        TicketId id,
        CopyId copy,
        AccountId requester,
        long sizeBytes,
        State state,
        @Nullable String request,
        Instant openedAt,
        @Nullable Decision decision) {
    /** An open one. */
    public Ticket(
            TicketId id, CopyId copy, AccountId requester, long sizeBytes, @Nullable String request, Instant openedAt) {
        this(id, copy, requester, sizeBytes, State.OPEN, request, openedAt, null);
    }

    /**
     * The end of an open ticket.
     *
     * @param by the principal of the operator or of the workflow
     */
    public record Decision(String by, Instant at, String reason) {}
    /** The state of a ticket; only an open one can be decided. */
    public enum State {
        OPEN("Open"),
        APPROVED("Approved"),
        REJECTED("Rejected"),
        /** The copy was cancelled or failed before a decision. */
        WITHDRAWN("Withdrawn"),
        /** The ticket expired without a decision. */
        EXPIRED("Expired");

        private final String word;

        State(String word) {
            this.word = word;
        }

        static State of(String word) {
            for (var state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("\"" + word + "\" is not a ticket state");
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
