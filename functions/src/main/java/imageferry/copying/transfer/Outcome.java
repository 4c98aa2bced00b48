package imageferry.copying.transfer;

import imageferry.snapshot.StoreUnavailable;

/**
 * The end of one call's copying.
 *
 * @param copied the number of parts that the call copied
 */
record Outcome(int copied, End end) {
    sealed interface End {}

    /** An end without a failure. */
    enum Stop implements End {
        COMPLETE,
        OUT_OF_TIME,
        /** The copy was cancelled or failed meanwhile. */
        NOT_COPYING,
        /** A part had all the time that one may have, and did not arrive. */
        TOO_SLOW
    }

    record Failed(RuntimeException failure) implements End {
        /** Returns whether another call may succeed. */
        boolean mayPass() {
            return failure instanceof StoreUnavailable;
        }
    }
}
