package imageferry.function.view;

import imageferry.copying.Copy;
import imageferry.copying.Progress;
import imageferry.copying.Progress.Arrived;
import imageferry.copying.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a copy's bytes.
 *
 * @param bytesPerSecond the current rate while bytes move, afterwards the average; null when unknown
 */
record TransferProgress(Arrived arrived, @Nullable Long bytesPerSecond) {
    static final TransferProgress NONE = new TransferProgress(Arrived.NOTHING, null);

    static TransferProgress now(Progress.All reports, Instant now) {
        return new TransferProgress(
                reports.arrived(), reports.bytesPerSecond(now).orElse(null));
    }

    static TransferProgress ended(long bytes, long saved) {
        return new TransferProgress(new Arrived(bytes, saved, 0), null);
    }

    /**
     * Returns the progress of an available copy. Bytes that it took over from another copy do not count in its rate.
     */
    static TransferProgress whole(Copy copy) {
        var moved = copy.bytesTotal() - copy.transfer().bytesCharged();
        return new TransferProgress(
                new Arrived(copy.bytesTotal(), copy.end().bytesSaved(), 0),
                moving(copy.workflow().steps())
                        .filter(time -> time.toMillis() > 0)
                        .map(time -> Math.round(moved * 1000.0 / time.toMillis()))
                        .orElse(null));
    }

    /** Returns the duration of the step that moved the bytes: until the next one began. */
    private static Optional<Duration> moving(Map<Step, Instant> steps) {
        return Optional.ofNullable(steps.get(Step.COPY_SNAPSHOT_PARTS))
                .flatMap(began -> steps.values().stream()
                        .filter(step -> step.isAfter(began))
                        .min(Instant::compareTo)
                        .map(end -> Duration.between(began, end)));
    }
}
