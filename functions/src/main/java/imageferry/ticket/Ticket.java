package imageferry.ticket;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.TicketId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator's approval that copies of one request wait for.
 *
 * @param requester the account that wants the copies
 * @param request the requester's reason
 * @param decision set once it is decided
 */
public record Ticket(
        TicketId id,
        Subject subject,
        AccountId requester,
        State state,
        @Nullable String request,
        Instant openedAt,
        @Nullable Decision decision) {
    /** An open one. */
    public Ticket(TicketId id, Subject subject, AccountId requester, @Nullable String request, Instant openedAt) {
        this(id, subject, requester, State.OPEN, request, openedAt, null);
    }

    /**
     * The subject of a decision.
     *
     * @param copies one where its size is the reason; else all copies of the request
     * @param sizeBytes the source's size in bytes, read from the store
     */
    public record Subject(Kind kind, List<CopyId> copies, long sizeBytes) {
        public Subject {
            copies = List.copyOf(copies);
        }
    }

    /** The limit that the request exceeds. */
    public enum Kind {
        IMAGE_SIZE("ImageSize"),
        /** The bytes that the account moves between regions in a month. */
        BYTES_PER_MONTH("BytesPerMonth");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The first of its copies. */
    public CopyId copy() {
        return subject.copies().getFirst();
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
