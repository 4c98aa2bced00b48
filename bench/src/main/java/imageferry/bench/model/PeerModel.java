package imageferry.bench.model;

import imageferry.snapshot.PartPlan;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * Model of a peer, from its documentation and its source: part size for an object's size, streams, and retries.
 *
 * @param looks read requests, as counted at the simulated S3
 * @param inOneUpTo the largest object, in bytes, for which it sends one CopyObject
 * @param partSize the part size in bytes for an object's size in bytes
 * @param streams parts copied at once
 */
public record PeerModel(
        String name, Looks looks, long inOneUpTo, LongUnaryOperator partSize, int streams, Retries retries) {
    private static final long MIB = 1L << 20;
    private static final long MAX_PART_BYTES = 5L << 30;
    private static final int MAX_PARTS = 10_000;

    /** s3transfer: 8 MiB, doubled until 10,000 parts are enough; 10 requests; botocore's legacy retries, 5 attempts. */
    public static final PeerModel AWS_CLI = new PeerModel(
            "aws s3 cp",
            new Looks(1, 1),
            8 * MIB - 1,
            size -> doubled(8 * MIB, size),
            10,
            new Retries(5, new Pause(1, 0), new Pause(1, 0)));

    /**
     * One flag sets both the cutoff and the part size, 4,768 MiB; 4 streams; 10 low-level retries. It looks three times
     * before it copies and once after, and once more before it copies parts.
     */
    public static final PeerModel RCLONE = new PeerModel(
            "rclone",
            new Looks(4, 5),
            4_768 * MIB,
            size -> atMostMaxParts(4_768 * MIB, size),
            4,
            new Retries(10, new Pause(0.01, 0), new Pause(0.01, 0)));

    /** One CopyObject for every size, which S3 accepts up to 5 GiB, and no other request. */
    public static final PeerModel S5CMD = new PeerModel(
            "s5cmd",
            new Looks(0, 0),
            Long.MAX_VALUE,
            size -> size,
            1,
            new Retries(10, new Pause(0.05, 0), new Pause(0.05, 0)));

    /**
     * The Java-based multipart client: parts of 8 MiB or a 10,000th, all at once through 50 connections. A client without
     * a configured retry mode has the legacy one ({@code RetryMode.defaultRetryMode()}), with 4 attempts and a first
     * pause of at most 0.1 s or, after SlowDown, 0.5 s, half of it random ({@code SdkDefaultRetrySetting}).
     */
    public static final PeerModel TRANSFER_MANAGER = new PeerModel(
            "TransferManager",
            new Looks(1, 1),
            8 * MIB - 1,
            size -> atMostMaxParts(8 * MIB, size),
            50,
            new Retries(4, new Pause(0.1, 0), new Pause(0.5, 0.5)));

    public static final List<PeerModel> ALL = List.of(AWS_CLI, RCLONE, S5CMD, TRANSFER_MANAGER);

    /**
     * Numbers of sequential requests that neither copy nor open nor complete.
     *
     * @param inOne with one CopyObject
     * @param inParts with parts
     */
    public record Looks(int inOne, int inParts) {}

    /**
     * Retries of a failed part.
     *
     * @param tries attempts for a part before the whole copy fails
     * @param afterFailure the first pause after an error of S3; each further one is twice as long
     * @param afterSlowDown the same after 503 SlowDown
     */
    public record Retries(int tries, Pause afterFailure, Pause afterSlowDown) {}

    /**
     * Pause before another attempt.
     *
     * @param seconds the longest pause
     * @param sure the share of it that is not random, 0–1
     */
    public record Pause(double seconds, double sure) {}

    private static long doubled(long part, long size) {
        var larger = part;
        while (Math.ceilDiv(size, larger) > MAX_PARTS) {
            larger *= 2;
        }
        return Math.min(larger, MAX_PART_BYTES);
    }

    private static long atMostMaxParts(long part, long size) {
        return Math.max(part, Math.ceilDiv(size, MAX_PARTS));
    }

    /** Returns the same tool with our width and our part size. */
    public PeerModel tuned(PartPlan ours, int width) {
        return inOneUpTo == Long.MAX_VALUE
                ? this
                : new PeerModel(name, looks, ours.partSizeBytes() - 1, size -> ours.partSizeBytes(), width, retries);
    }

    /** Returns whether its width can be configured. */
    public boolean isTunable() {
        return inOneUpTo != Long.MAX_VALUE;
    }

    /** Returns the part size in bytes; empty when it sends one CopyObject. */
    public OptionalLong partSizeBytes(long sizeBytes) {
        return sizeBytes <= inOneUpTo ? OptionalLong.empty() : OptionalLong.of(partSize.applyAsLong(sizeBytes));
    }
}
