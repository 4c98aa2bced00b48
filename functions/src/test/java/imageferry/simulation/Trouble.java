package imageferry.simulation;

/** What can go wrong outside the service. */
enum Trouble {
    /** A call of a port does not happen, and the caller is told that its outcome is unknown. */
    UNAVAILABLE,
    /** A call happens, and the caller is told that its outcome is unknown. */
    LOST_REPLY,
    /** The caller is told that the outcome is unknown, and the call happens later. */
    LATE,
    /** The caller dies before the call happens. */
    CRASH_BEFORE,
    /** The caller dies after the call happened. */
    CRASH_AFTER,
    /** An index answers as the table was some moments ago. */
    LAGGING_INDEX,
    /** A part that was under way when its upload was aborted arrives, and with it the upload is there again. */
    LANDED_AFTER_ABORT,
    /** A part is copied with one bit flipped. */
    FLIPPED_BIT,
    /** A function is not started; the state machine knows that. */
    THROTTLED,
    /** A function runs, and the state machine takes it for failed. */
    UNHEARD,
    /** A function is started twice for one task. */
    STARTED_TWICE,
    /** An execution is stopped between two states. */
    EXECUTION_STOPPED,
    /** A record of the change stream never arrives. */
    LOST_CHANGE,
    /** A record of the change stream arrives once more. */
    REPEATED_CHANGE;

    /** Whether the caller is dead then. */
    boolean kills() {
        return this == CRASH_BEFORE || this == CRASH_AFTER;
    }
}
