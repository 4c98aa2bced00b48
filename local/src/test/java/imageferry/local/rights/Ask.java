package imageferry.local.rights;

/**
 * What a call of one of the service's ports asks of AWS.
 *
 * @param on what kind of thing the action is done to
 */
record Ask(String action, Thing on) {
    /** What an action can be done to. */
    enum Thing {
        TABLE,
        /** An object that the call names, or that an upload is to become. */
        OBJECT,
        /** The object that a part is copied from. */
        SOURCE,
        BUCKET,
        /** The key that a region's bucket is encrypted with; local mode has none. */
        KEY,
        STATE_MACHINE,
        EXECUTION,
        BUS
    }

    @Override
    public String toString() {
        return action + " on " + on;
    }
}
