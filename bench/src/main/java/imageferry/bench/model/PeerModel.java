package imageferry.bench.model;

import imageferry.snapshot.PartPlan;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * How a peer copies, by its documents and its source: the part size by the object's size, the streams, and what it does
 * when S3 refuses.
 *
 * @param inOneUpTo up to this many bytes it sends one CopyObject
 * @param partSize the part size in bytes for an object of so many
 * @param streams how many parts are under way at once
 * @param tries how often it tries a part before the whole copy fails
 * @param pause seconds of its first pause, which doubles
 */
public record PeerModel(String name, long inOneUpTo, LongUnaryOperator partSize, int streams, int tries, double pause) {
    private static final long MIB = 1L << 20;
    private static final long MAX_PART_BYTES = 5L << 30;
    private static final int MAX_PARTS = 10_000;

    /** s3transfer: 8 MiB, doubled until 10,000 parts are enough; 10 requests; legacy retries, 5 attempts. */
    public static final PeerModel AWS_CLI =
            new PeerModel("aws s3 cp", 8 * MIB - 1, size -> doubled(8 * MIB, size), 10, 5, 1);

    /** One flag is both the cutoff and the part, 4,768 MiB; 4 streams; 10 low-level retries. */
    public static final PeerModel RCLONE =
            new PeerModel("rclone", 4_768 * MIB, size -> atMostMaxParts(4_768 * MIB, size), 4, 10, 0.01);

    /** One CopyObject whatever the size, which S3 takes up to 5 GiB. */
    public static final PeerModel S5CMD = new PeerModel("s5cmd", Long.MAX_VALUE, size -> size, 1, 10, 0.05);

    /** The Java-based multipart client: 8 MiB or a 10,000th, all parts at once through 50 connections; 3 attempts. */
    public static final PeerModel TRANSFER_MANAGER =
            new PeerModel("TransferManager", 8 * MIB - 1, size -> atMostMaxParts(8 * MIB, size), 50, 3, 0.1);

    public static final List<PeerModel> ALL = List.of(AWS_CLI, RCLONE, S5CMD, TRANSFER_MANAGER);

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

    /** The same tool told to copy as wide as we do, in our parts. */
    public PeerModel tuned(PartPlan ours, int width) {
        return inOneUpTo == Long.MAX_VALUE
                ? this
                : new PeerModel(name, ours.partSizeBytes() - 1, size -> ours.partSizeBytes(), width, tries, pause);
    }

    /** Whether it can be told how wide to copy. */
    public boolean isTunable() {
        return inOneUpTo != Long.MAX_VALUE;
    }

    /** The part size in bytes; empty when it sends one request for all. */
    public OptionalLong partSizeBytes(long sizeBytes) {
        return sizeBytes <= inOneUpTo ? OptionalLong.empty() : OptionalLong.of(partSize.applyAsLong(sizeBytes));
    }
}
