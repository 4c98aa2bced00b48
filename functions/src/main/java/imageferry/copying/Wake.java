package imageferry.copying;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parked execution waits behind this token. Whether and how to wake it follows from the copy's status alone: the copy
 * goes on once it has passed what it waits for, and stops once its end is decided.
 *
 * <p>It may still wait behind an earlier token: a call that timed out can register its own after the call that replaced
 * it. So the signal goes to all tokens; spent ones are ignored.
 *
 * @param token a bearer secret: never logged, never shown
 * @param earlier those that were registered before and may not be delivered yet, the last one first
 */
public record Wake(Parking state, String token, List<Wake> earlier) {
    /** The maximum number of earlier tokens; a task is tried fewer times. */
    private static final int MOST_EARLIER = 20;

    public Wake {
        earlier = List.copyOf(earlier);
    }

    /** A token without earlier ones. */
    public Wake(Parking state, String token) {
        this(state, token, List.of());
    }

    /** Returns this token, to be registered in place of that one. */
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

    /** Returns this token and the earlier ones. */
    public Stream<Wake> all() {
        return Stream.concat(Stream.of(new Wake(state, token)), earlier.stream());
    }

    /** The signal that a parked execution waits for. */
    public enum Parking {
        APPROVAL(Step.AWAIT_APPROVAL, CopyStatus.PENDING_APPROVAL),
        SLOT(Step.AWAIT_SLOT, CopyStatus.WAITING);

        private final Step step;
        private final CopyStatus until;

        Parking(Step step, CopyStatus until) {
            this.step = step;
            this.until = until;
        }

        static Parking of(String state) {
            return state.equals(APPROVAL.toString()) ? APPROVAL : SLOT;
        }

        @Override
        public String toString() {
            return step.toString();
        }
    }

    /** The message to a parked execution. */
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
