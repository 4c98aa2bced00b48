package imageferry.bench.model;

import java.time.Duration;

/** List prices of us-east-1, November 2026, in dollars, of what runs beside S3 when ours copies; no free tier. */
public final class Prices {
    /** S3 Standard, for a GiB in a month. */
    public static final double STORAGE = 0.023;

    /** Lambda on arm64, for a GB-second and for a call. */
    private static final double GB_SECOND = 0.0000133334;

    private static final double CALL = 0.20 / 1_000_000;
    /** The template's MemorySize of the function that copies parts, in GB. */
    private static final double MEMORY = 1_769 / 1_024.0;

    private static final double TRANSITION = 0.025 / 1_000;
    /** Transitions of an execution beside its batches, and those of one call of a batch. */
    private static final int TRANSITIONS = 20;

    private static final int TRANSITIONS_OF_A_CALL = 3;

    private static final double WRITE = 0.625 / 1_000_000;
    private static final double READ = 0.125 / 1_000_000;
    /** What the steps of one copy write, beside the progress of its workers, which is written each 2 s. */
    private static final int WRITES = 30;

    private Prices() {}

    /** In gibibytes, which transfer and storage are billed in. */
    public static double gib(long bytes) {
        return bytes / (double) (1L << 30);
    }

    /**
     * What a copy by ours costs beside S3.
     *
     * @param calls how often a worker was called
     * @param working how long all calls took together
     */
    public static double besideS3(long calls, Duration working) {
        var seconds = working.toMillis() / 1e3;
        return seconds * MEMORY * GB_SECOND
                + (calls + 10) * CALL
                + (TRANSITIONS + calls * TRANSITIONS_OF_A_CALL) * TRANSITION
                + (WRITES + seconds / 2) * WRITE
                + seconds * READ;
    }
}
