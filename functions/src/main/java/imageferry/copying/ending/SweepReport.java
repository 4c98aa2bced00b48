package imageferry.copying.ending;

import imageferry.region.Region;
import imageferry.snapshot.UnreachableRegions;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a sweep.
 *
 * @param failures each names its copy, region or object and the error; the next sweep tries them again
 */
public record SweepReport(Continued copies, Removed bytes, List<String> failures) {
    /** A sweep that found nothing to do. */
    public static final SweepReport NOTHING =
            new SweepReport(new Continued(0, 0, 0, 0, 0, 0), new Removed(0, 0, 0, 0), List.of());

    public SweepReport {
        failures = List.copyOf(failures);
    }

    /**
     * The continued copies.
     *
     * @param started executions that were missing
     * @param completed copies whose execution had succeeded, although their restored record said otherwise
     * @param settled copies whose execution had ended without settling them
     * @param woken copies whose running execution was sent the signal that their status requires, if any
     * @param shared available copies whose execution had ended before it shared them with all that the request named
     * @param imported uploads whose event was lost, imported or refused
     */
    public record Continued(int started, int completed, int settled, int woken, int shared, int imported) {}

    /**
     * The removed bytes.
     *
     * @param expired ended copies whose upload was kept long enough
     * @param uploads that nobody's copy needed, aborted
     * @param quarantined snapshots that nobody's image needs, to be deleted in a week
     * @param objects snapshots that were in quarantine for a week, deleted
     */
    public record Removed(int expired, int uploads, int quarantined, int objects) {}

    /** Findings that show a lost event or a crashed call. */
    public int findings() {
        return copies.started
                + copies.completed
                + copies.settled
                + copies.shared
                + copies.imported
                + bytes.uploads
                + bytes.quarantined
                + bytes.objects;
    }

    /** Counts during a sweep. */
    static final class Tally {
        int started;
        int completed;
        int settled;
        int woken;
        int shared;
        int imported;
        int expired;
        int uploads;
        int quarantined;
        int objects;
        private final UnreachableRegions unreachable = new UnreachableRegions();
        private final List<String> failures = new ArrayList<>();

        /** Runs one piece of the sweep; its failure must not stop the others. */
        void attempt(Object what, Runnable piece) {
            try {
                piece.run();
            } catch (RuntimeException failure) {
                failures.add(what + ": " + failure);
            }
        }

        /**
         * Runs one piece of the sweep of a region, unless its store was out of reach for an earlier piece. Otherwise the
         * other regions might not be swept in time.
         */
        void attempt(Region region, Object what, Runnable piece) {
            if (unreachable.contains(region)) {
                return;
            }
            attempt(what, () -> {
                try {
                    piece.run();
                } catch (RuntimeException failure) {
                    unreachable.note(region, failure);
                    throw failure;
                }
            });
        }

        int failures() {
            return failures.size();
        }

        SweepReport report() {
            return new SweepReport(
                    new Continued(started, completed, settled, woken, shared, imported),
                    new Removed(expired, uploads, quarantined, objects),
                    failures);
        }
    }
}
