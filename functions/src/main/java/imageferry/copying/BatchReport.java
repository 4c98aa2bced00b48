package imageferry.copying;

import imageferry.copying.Progress.Arrived;
import imageferry.ledger.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker's last report on its batch.
 *
 * @param bytesPerSecond the worker's rate at the time of the report
 * @param stream how fast one of its streams moved them from the source; null until a part has shown it
 */
public record BatchReport(
        Arrived arrived,
        Instant at,
        long bytesPerSecond,
        @Nullable Throughput stream) {
    /** Three times as long as the longest time from one report to the next. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    static BatchReport of(Item item) {
        return new BatchReport(
                new Arrived(
                        item.number("bytes"),
                        item.maybeNumber("saved").orElse(0L),
                        item.maybeNumber("missed").orElse(0L)),
                item.maybeInstant("at").orElse(Instant.EPOCH),
                item.maybeNumber("rate").orElse(0L),
                item.nested("stream").map(Throughput::of).orElse(null));
    }

    Item item() {
        return Item.empty()
                .with("bytes", arrived.bytes())
                .with("saved", positive(arrived.saved()))
                .with("missed", positive(arrived.missed()))
                .with("at", at)
                .with("rate", positive(bytesPerSecond))
                .with("stream", stream == null ? null : stream.item());
    }

    private static Optional<Long> positive(long number) {
        return Optional.of(number).filter(any -> any > 0);
    }

    /**
     * Returns the current rate of all workers together; a worker that has not reported for half a minute counts as 0. A
     * report from the future, by a clock that was set back since, is not fresher than an old one.
     */
    static long bytesPerSecond(List<BatchReport> reports, Instant now) {
        return reports.stream()
                .filter(report -> Duration.between(report.at, now).abs().compareTo(FRESH) < 0)
                .mapToLong(BatchReport::bytesPerSecond)
                .sum();
    }
}
