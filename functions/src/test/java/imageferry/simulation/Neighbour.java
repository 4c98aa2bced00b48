package imageferry.simulation;

import imageferry.copying.RecordedExecutions;
import imageferry.function.App;
import imageferry.function.TestApp;
import imageferry.ledger.InMemoryLedger;
import imageferry.ownership.Ownership;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.UploadId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A second installation over the same buckets, by mistake. Its table is empty, so all bytes there are orphans to it. Some
 * neighbours copy into a region at about the same time as the service. Then one of both gets the bucket.
 */
final class Neighbour {
    private static final long MINUTE = 60_000_000;

    private final App app;
    private final InstantSource clock;
    private final SplittableRandom chance;
    private @Nullable Region own;

    /** @param store as the neighbour sees it, faithfully or with a defect */
    Neighbour(long seed, String regions, SnapshotStore store, InstantSource clock, BytesWatch watch) {
        this.clock = clock;
        this.chance = Seeds.random(seed, "neighbour");
        this.app = TestApp.over(
                Map.of("REGIONS", regions),
                new InMemoryLedger(),
                watched(store, watch),
                new RecordedExecutions(),
                TestApp.NONE,
                clock,
                new Random(~seed));
    }

    /** The region whose bucket is the neighbour's. */
    Optional<Region> region() {
        return Optional.ofNullable(own);
    }

    /** One neighbour in ten copies into one region, soon after the beginning. */
    void begin(VirtualThreads strands) {
        if (chance.nextInt(10) == 0) {
            strands.after(chance.nextLong(MINUTE), chance.nextLong(), this::acquire);
        }
    }

    private void acquire() {
        var regions = app.regions().enabled();
        var wanted = regions.get(chance.nextInt(regions.size()));
        if (app.ownership().acquire(wanted).isEmpty()) {
            own = wanted;
        }
    }

    /** Returns whether the bucket that it got is still its own, or it got none. */
    boolean keepsItsBucket() {
        return own == null || app.ownership().of(own) == Ownership.Owner.THIS_INSTALLATION;
    }

    void sweep() {
        var now = clock.instant();
        app.removals().finishAll(now);
        app.forEvents().sweepCopies().sweep(now);
    }

    private static SnapshotStore watched(SnapshotStore store, BytesWatch watch) {
        return (SnapshotStore) Proxy.newProxyInstance(
                Neighbour.class.getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "delete" -> watch.deleting((Blob) arguments[0]);
                        case "abort" -> watch.aborting((Blob) arguments[0], (UploadId) arguments[1]);
                        default -> {}
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
