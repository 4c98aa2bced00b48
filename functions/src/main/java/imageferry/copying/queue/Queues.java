package imageferry.copying.queue;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Progress;
import imageferry.copying.Step;
import imageferry.copying.Throughput;
import imageferry.copying.queue.QueueForecast.Running;
import imageferry.id.CopyId;
import imageferry.region.Region;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places of a region's waiting copies, and the estimated start of each.
 *
 * <p>A look at a queue of any length costs one read of the region, one of the 1,000 copies that wait longest, one of all copies
 * that run there, and one of their progress.
 */
public record Queues(Copies copies, Progress progress, Slots slots, SlotLimits limits, InstantSource clock) {
    /** The maximum number of running copies in one read; with more of them there is no estimate of the start. */
    private static final int MOST_RUNNING = 100;

    /**
     * A place in a queue.
     *
     * @param position the number of copies that are expected to get their slot before this one, and one: 1 is next
     * @param startsAt null while nothing is known of the region's throughput
     */
    public record Place(int position, @Nullable Instant startsAt) {}

    /** The places of the 1,000 copies that wait longest. */
    public Map<CopyId, Place> of(Region region) {
        var line = slots.line().of(region);
        var places = new HashMap<CopyId, Place>();
        if (!line.isEmpty()) {
            for (var start : forecast(slots.use(region), line.size()).starts(line)) {
                places.put(start.copy(), new Place(places.size() + 1, start.startsAt()));
            }
        }
        return places;
    }

    /** @param waiting more free slots than this make no difference */
    private QueueForecast forecast(SlotUse use, int waiting) {
        var now = clock.instant();
        var holders = use.holders();
        var useful = new SlotLimits(Math.min(limits.perRegion(), holders.size() + waiting), limits.perAccount());
        if (holders.size() > MOST_RUNNING) {
            return new QueueForecast(useful, use.owners(), null, now);
        }
        var reports = progress.of(holders);
        var running = copies.find(holders).stream()
                .map(copy -> running(copy, Objects.requireNonNull(reports.get(copy.id())), now))
                .toList();
        var throughput = Optional.ofNullable(use.throughput())
                .or(() -> running.stream().map(Holder::throughput).reduce(Throughput::and))
                .filter(known -> known.bytesPerSecond() > 0)
                .orElse(null);
        return new QueueForecast(useful, running.stream().map(Holder::running).toList(), throughput, now);
    }

    private static Holder running(Copy copy, Progress.All reports, Instant now) {
        var arrived = Math.min(reports.arrived().bytes(), copy.bytesTotal());
        var granted = copy.workflow().steps().getOrDefault(Step.START_SNAPSHOT_COPY, now);
        var carried = Math.max(0, arrived - copy.transfer().bytesCharged());
        return new Holder(
                Throughput.of(carried, Duration.between(granted, now)),
                new Running(copy.owner(), copy.bytesTotal() - arrived));
    }

    /** A copy that holds a slot, and its throughput so far. */
    private record Holder(Throughput throughput, Running running) {}
}
