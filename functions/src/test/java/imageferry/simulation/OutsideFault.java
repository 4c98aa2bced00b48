package imageferry.simulation;

/** A fault outside the service. */
enum OutsideFault {
    /** A call of a port does not happen, and the caller gets an unknown outcome. */
    UNAVAILABLE,
    /** A call happens, and the caller gets an unknown outcome. */
    LOST_REPLY,
    /** The caller gets an unknown outcome, and the call happens later. */
    LATE,
    /** The caller dies before the call happens. */
    CRASH_BEFORE,
    /** The caller dies after the call happened. */
    CRASH_AFTER,
    /** The answer of an index is some moments behind the table. */
    LAGGING_INDEX,
    /** A part in progress when its upload was aborted arrives, and restores the upload. */
    LANDED_AFTER_ABORT,
    /** A part is copied with one bit flipped. */
    FLIPPED_BIT,
    /** A function is not started, and the state machine knows that. */
    THROTTLED,
    /** A function runs, and the state machine treats it as failed. */
    UNHEARD,
    /** A function is started twice for one task. */
    STARTED_TWICE,
    /** An execution is stopped between two states. */
    EXECUTION_STOPPED,
    /** A record of the change stream never arrives. */
    LOST_CHANGE,
    /** A record of the change stream arrives a second time. */
    REPEATED_CHANGE;

    /** Returns whether the caller is dead afterwards. */
    boolean kills() {
        return this == CRASH_BEFORE || this == CRASH_AFTER;
    }
}
