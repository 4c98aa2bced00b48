package imageferry.copying;

/**
 * A parked execution waits behind this token. Whether and how to wake it follows from the copy's status alone: the copy
 * goes on once it has passed what it waits for, and stops once its end is decided.
 *
 * @param token a bearer secret: never logged, never shown
 */
public record Wake(Parking state, String token) {

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

    Verdict verdict(CopyStatus status) {
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
