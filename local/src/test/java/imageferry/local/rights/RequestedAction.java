package imageferry.local.rights;

/**
 * The AWS action of a call of one of the service's ports.
 *
 * @param on the kind of its resource
 */
record RequestedAction(String action, Thing on) {
    /** A kind of resource. */
    enum Thing {
        TABLE,
        /** An object that the call names, or that an upload will become. */
        OBJECT,
        /** The object that a part is copied from. */
        SOURCE,
        BUCKET,
        /** The key that encrypts a region's bucket. */
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
