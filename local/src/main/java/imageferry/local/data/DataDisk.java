package imageferry.local.data;

import imageferry.rule.Count;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the disk of the data folder can be written. Free space is read at each call. After a failed write, a small
 * file is written before the next write is allowed, so waiting work continues by itself when the disk can be written again.
 */
public final class DataDisk {
    /** Bytes that one change of the table with its lines in journals and logs does not exceed. */
    static final long LEAST = 1 << 20;

    /** Bytes kept free of objects, so that a copy can still be cancelled, and an image deleted, to make room. */
    static final long RESERVE = 16 << 20;

    private static final Duration BETWEEN_TRIALS = Duration.ofMillis(250);
    private static final System.Logger LOG = System.getLogger(DataDisk.class.getName());

    private final DiskProbe probe;
    private final InstantSource clock;
    private @Nullable String failure;
    private Instant nextTrial = Instant.MIN;
    private boolean told;

    DataDisk(DiskProbe probe, InstantSource clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** Returns the disk of a folder, which must exist before the first call. */
    public static DataDisk of(Path folder) {
        return of(folder, folder);
    }

    /** @param trials a folder inside for small files, whose names are random UUIDs */
    public static DataDisk of(Path folder, Path trials) {
        return new DataDisk(new FolderProbe(folder, trials), InstantSource.system());
    }

    /** Returns the reason why nothing can be written now, in a sentence; empty when the disk can be written. */
    public Optional<String> refusal() {
        return logged(finding());
    }

    /** @param isNew whether the finding before it was the other one */
    private record Finding(@Nullable String refusal, boolean isNew) {}

    private synchronized Finding finding() {
        var refusal = tooLittle(LEAST).or(this::stillFailing);
        var isNew = told != refusal.isPresent();
        told = refusal.isPresent();
        return new Finding(refusal.orElse(null), isNew);
    }

    private synchronized Finding findingOfTrial() {
        tryNow();
        return finding();
    }

    /** Logs without the lock: standard error may be a paused terminal, and every write calls this class. */
    private static Optional<String> logged(Finding finding) {
        if (finding.isNew()) {
            LOG.log(
                    Level.WARNING,
                    finding.refusal() == null
                            ? "The data folder can be written again."
                            : finding.refusal() + " Waiting work then continues by itself.");
        }
        return Optional.ofNullable(finding.refusal());
    }

    /**
     * Returns the reason why an object's bytes cannot be stored now; empty when they can.
     *
     * @param bytes the number of bytes that follow, 0 if unknown
     */
    public Optional<String> refusalOf(long bytes) {
        return tooLittle(RESERVE + Math.min(bytes, Long.MAX_VALUE - RESERVE)).or(this::refusal);
    }

    public boolean isWritable() {
        return refusal().isEmpty();
    }

    /** Writes a small file, and answers as {@link #refusal}: free space does not show missing inodes or a read-only disk. */
    public Optional<String> tried() {
        return logged(findingOfTrial());
    }

    public synchronized void failed(Exception write) {
        failure = FailureReason.of(write);
        nextTrial = Instant.MIN;
    }

    private Optional<String> tooLittle(long needed) {
        var free = probe.freeBytes();
        return free >= needed
                ? Optional.empty()
                : Optional.of("The disk of the data folder %s has %s free, and this needs %s: make room there."
                        .formatted(probe, Count.of(free, "byte"), Count.of(needed)));
    }

    private Optional<String> stillFailing() {
        if (failure != null && !clock.instant().isBefore(nextTrial)) {
            tryNow();
        }
        return Optional.ofNullable(failure)
                .map(reason -> "The data folder " + probe + " cannot be written (" + reason
                        + "): make room there, or make it writable.");
    }

    private void tryNow() {
        failure = trial();
        nextTrial = clock.instant().plus(BETWEEN_TRIALS);
    }

    private @Nullable String trial() {
        try {
            probe.write();
            return null;
        } catch (IOException refused) {
            return FailureReason.of(refused);
        }
    }
}
