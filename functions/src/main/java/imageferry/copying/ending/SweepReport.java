package imageferry.copying.ending;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a sweep.
 *
 * @param started executions that were missing
 * @param settled copies whose execution had ended without settling them
 * @param woken copies whose running execution was sent the signal that their status requires, if any
 * @param shared available copies whose execution had ended before it shared them with all that the request named
 * @param expired ended copies whose upload was kept long enough
 * @param uploads that nobody's copy needed, aborted
 * @param objects that nobody's image needed, deleted
 * @param failures each names its copy, region or object and the error; the next sweep tries them again
 */
public record SweepReport(
        int started, int settled, int woken, int shared, int expired, int uploads, int objects, List<String> failures) {
    public SweepReport {
        failures = List.copyOf(failures);
    }

    /** Findings that show a lost event or a crashed call. */
    public int findings() {
        return started + settled + shared + uploads + objects;
    }

    /** Counts during a sweep. */
    static final class Tally {
        int started;
        int settled;
        int woken;
        int shared;
        int expired;
        int uploads;
        int objects;
        private final List<String> failures = new ArrayList<>();

        /** Runs one piece of the sweep; its failure must not stop the others. */
        void attempt(Object what, Runnable piece) {
            try {
                piece.run();
            } catch (RuntimeException failure) {
                failures.add(what + ": " + failure);
            }
        }

        SweepReport report() {
            return new SweepReport(started, settled, woken, shared, expired, uploads, objects, failures);
        }
    }
}
