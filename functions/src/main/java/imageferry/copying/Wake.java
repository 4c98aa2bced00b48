package imageferry.copying;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parked execution waits behind this token. Whether and how to wake it follows from the copy's status alone: the copy
 * goes on once it has passed what it waits for, and stops once its end is decided.
 *
 * <p>It may wait behind an earlier token all the same: a call that was given up for lost can register its own after the
 * call that took its place. So all are told, as those that are spent do no harm.
 *
 * @param token a bearer secret: never logged, never shown
 * @param earlier those that were registered before and may not be delivered yet, the last one first
 */
public record Wake(Parking state, String token, List<Wake> earlier) {
    /** A task is tried fewer times than that. */
    private static final int MOST_EARLIER = 20;

    public Wake {
        earlier = List.copyOf(earlier);
    }

    /** The only one that is registered. */
    public Wake(Parking state, String token) {
        this(state, token, List.of());
    }

    /** This one, registered where that one is. */
    Wake after(@Nullable Wake before) {
        if (before == null) {
            return this;
        }
        var others = before.all()
                .filter(one -> !one.token.equals(token))
                .limit(MOST_EARLIER)
                .toList();
        return new Wake(state, token, others);
    }

    /** This one and the earlier ones. */
    public Stream<Wake> all() {
        return Stream.concat(Stream.of(new Wake(state, token)), earlier.stream());
    }

    /** What a parked execution waits for. */
    public enum Parking {
        APPROVAL("Await Approval", CopyStatus.PENDING_APPROVAL),
        SLOT("Await Slot", CopyStatus.WAITING);

        private final String state;
        private final CopyStatus until;

        Parking(String state, CopyStatus until) {
            this.state = state;
            this.until = until;
        }

        static Parking of(String state) {
            return state.equals(APPROVAL.state) ? APPROVAL : SLOT;
        }

        /** The state of the state machine. */
        @Override
        public String toString() {
            return state;
        }
    }

    /** What a parked execution is told. */
    public enum Verdict {
        WAIT,
        GO,
        STOP
    }

    public Verdict verdict(CopyStatus status) {
        if (!status.live()) {
            return Verdict.STOP;
        }
        return status.compareTo(state.until) > 0 ? Verdict.GO : Verdict.WAIT;
    }

    @Override
    public String toString() {
        return "Wake[" + state + "]";
    }
}
