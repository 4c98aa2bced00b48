package imageferry.copying.transfer;

import imageferry.snapshot.StoreUnavailable;

/**
 * The end of one call's copying.
 *
 * @param copied the number of parts that the call copied
 */
record Outcome(int copied, End end) {
    sealed interface End {
        /** Returns whether a part did not arrive in the longest time that one may have, and no lasting failure explains it. */
        boolean isTooSlow();
    }

    /** An end without a failure. */
    enum Stop implements End {
        COMPLETE,
        /** The time ran low, or the copy was cancelled or failed meanwhile. */
        STOPPED,
        TOO_SLOW;

        @Override
        public boolean isTooSlow() {
            return this == TOO_SLOW;
        }
    }

    /** @param tooSlow whether a part also took the longest time that one may have, and did not arrive */
    record Failed(RuntimeException failure, boolean tooSlow) implements End {
        /** Returns whether another call may succeed. */
        boolean mayPass() {
            return failure instanceof StoreUnavailable;
        }

        @Override
        public boolean isTooSlow() {
            return tooSlow && mayPass();
        }
    }
}
