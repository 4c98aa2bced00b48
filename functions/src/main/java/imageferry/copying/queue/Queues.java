package imageferry.copying.queue;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Progress;
import imageferry.copying.Step;
import imageferry.copying.Throughput;
import imageferry.id.CopyId;
import imageferry.region.Region;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places of a region's waiting copies, and the estimated start of each.
 *
 * <p>A look at a queue of any length costs one read of the region, one of its first 1,000 places, one of all copies
 * that run there, and one of their progress.
 *
 * @param slotsPerRegion how many copies may move bytes into one region at once
 */
public record Queues(Copies copies, Progress progress, Slots slots, long slotsPerRegion, InstantSource clock) {
    /** The maximum number of running copies in one read; with more of them there is no forecast. */
    private static final int MOST_RUNNING = 100;

    /**
     * A place in a queue.
     *
     * @param position 1 is next
     * @param startsAt null while nothing is known of the region's throughput
     */
    public record Place(int position, @Nullable Instant startsAt) {}

    /** The places of the first 1,000 copies that wait. */
    public Map<CopyId, Place> of(Region region) {
        var line = slots.line(region);
        var forecast = line.isEmpty() ? Optional.<QueueForecast>empty() : forecast(slots.use(region), line.size());
        var places = new HashMap<CopyId, Place>();
        for (var waiting : line) {
            var startsAt = forecast.flatMap(from -> from.next(waiting.bytes())).orElse(null);
            places.put(waiting.copy(), new Place(places.size() + 1, startsAt));
        }
        return places;
    }

    /** @param waiting more free slots than this make no difference */
    private Optional<QueueForecast> forecast(Slots.Use use, int waiting) {
        if (use.holders().size() > MOST_RUNNING) {
            return Optional.empty();
        }
        var now = clock.instant();
        var reports = progress.of(use.holders());
        var running = copies.find(use.holders()).stream()
                .map(copy -> running(copy, Objects.requireNonNull(reports.get(copy.id())), now))
                .toList();
        return Optional.ofNullable(use.throughput())
                .or(() -> running.stream().map(Running::throughput).reduce(Throughput::and))
                .filter(throughput -> throughput.bytesPerSecond() > 0)
                .map(throughput -> new QueueForecast(
                        Math.min(slotsPerRegion, running.size() + waiting), left(running), throughput, now));
    }

    private static Running running(Copy copy, Progress.All reports, Instant now) {
        var arrived = Math.min(reports.arrived().bytes(), copy.bytesTotal());
        var granted = copy.workflow().steps().getOrDefault(Step.START_SNAPSHOT_COPY, now);
        var carried = Math.max(0, arrived - copy.transfer().bytesCharged());
        return new Running(Throughput.of(carried, Duration.between(granted, now)), copy.bytesTotal() - arrived);
    }

    private static List<Long> left(List<Running> running) {
        return running.stream().map(Running::bytesLeft).toList();
    }

    /** A copy that holds a slot: its throughput so far, and its remaining bytes. */
    private record Running(Throughput throughput, long bytesLeft) {}
}
