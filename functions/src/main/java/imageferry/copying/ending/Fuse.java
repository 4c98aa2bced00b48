package imageferry.copying.ending;

import static java.util.stream.Collectors.joining;

import imageferry.region.Region;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import java.util.List;
import java.util.Optional;

/**
 * Stops the sweeper of a region when it finds more orphans at once than accidents leave behind. Then the table is more likely
 * to be wrong than the bucket.
 */
final class Fuse {
    private static final int MOST = 20;
    private static final double MOST_OF_ALL = 0.05;
    private static final int FEW = 4;
    private static final int NAMED = 5;

    private Fuse() {}

    /**
     * The reason to stop; empty when there is none.
     *
     * @param found the orphans that this part of the look found for the first time; if it found none, there is no reason to stop
     * @param before the number of those that earlier parts of the same look have found
     * @param snapshots the number of snapshots that the look has seen in the region
     */
    static Optional<String> blown(Region region, List<Blob> found, long before, long snapshots) {
        var orphans = before + found.size();
        var most = Math.max(MOST, snapshots * MOST_OF_ALL);
        var half = snapshots >= FEW && 2 * orphans >= snapshots;
        return !found.isEmpty() && (orphans > most || half)
                ? Optional.of(
                        "%s of the %s in %s have no image in the table, so none is removed, for example %s. Check the"
                                        .formatted(
                                                Count.of(orphans),
                                                Count.of(snapshots, "snapshot"),
                                                region,
                                                names(found))
                                + " table; if they are orphans, run ./stacks orphans %s --confirm %d"
                                        .formatted(region, found.size()))
                : Optional.empty();
    }

    private static String names(List<Blob> found) {
        return found.stream().limit(NAMED).map(Blob::key).collect(joining(", "));
    }
}
