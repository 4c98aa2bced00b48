package imageferry.bench.model;

import java.time.Duration;

/** List prices of a copy by our engine, besides S3: us-east-1, November 2026, in dollars, no free tier. */
public final class ListPrices {
    /** S3 Standard, for one GiB and month. */
    public static final double STORAGE = 0.023;

    /** Lambda on arm64, for one GB-second and for one call. */
    private static final double GB_SECOND = 0.0000133334;

    private static final double CALL = 0.20 / 1_000_000;
    /** The template's MemorySize of the function that copies parts, in GB. */
    private static final double MEMORY = 1_769 / 1_024.0;

    private static final double TRANSITION = 0.025 / 1_000;
    /** State transitions of an execution without its batches, and those of one call of a batch. */
    private static final int TRANSITIONS = 20;

    private static final int TRANSITIONS_OF_A_CALL = 3;

    private static final double WRITE = 0.625 / 1_000_000;
    private static final double READ = 0.125 / 1_000_000;
    /** Writes of the steps of one copy, and the interval at which its workers write their progress. */
    private static final int WRITES = 30;

    private ListPrices() {}

    /** Converts bytes to GiB, the unit of transfer and storage prices. */
    public static double gib(long bytes) {
        return bytes / (double) (1L << 30);
    }

    /**
     * Returns the cost of a copy by our engine besides S3, in dollars.
     *
     * @param calls calls of workers
     * @param working total time of all calls
     */
    public static double outsideS3(long calls, Duration working) {
        var seconds = working.toMillis() / 1e3;
        return seconds * MEMORY * GB_SECOND
                + (calls + 10) * CALL
                + (TRANSITIONS + calls * TRANSITIONS_OF_A_CALL) * TRANSITION
                + (WRITES + seconds / 2) * WRITE
                + seconds * READ;
    }
}
