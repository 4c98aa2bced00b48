package imageferry.bench.report;

import imageferry.bench.model.Bound;
import imageferry.bench.tool.Engine;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlanner;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands in the way of a goal, told by the rows that miss it. */
final class Why {
    /** What our proof takes more of than a copy without one. */
    static final int PROOF_ROUND_TRIPS = 4;

    static final String PROOF = "a copy that proves itself takes four round trips more than one that does not: it looks"
            + " twice, lists what is there before and after its parts, and looks at the result";
    /** Times are kept in milliseconds. */
    static final double ROUNDING = 0.002;
    /** A worker that has so long to find its share of a limit finds it. */
    private static final double SETTLING_SECONDS = 5;

    private static final PartPlanner PLANNER = new PartPlanner(Engine.WORKERS);

    private Why() {}

    /** What is to be said of each row, once where it is the same. */
    static String each(List<Row> misses, Function<Row, String> why) {
        return misses.stream().map(why).distinct().collect(Collectors.joining(". "));
    }

    /** Why ours failed. */
    static String failed(Row row) {
        var part = Bound.smallestPart(row.sizeBytes());
        var seconds = row.physics().copying(part).toSeconds();
        return seconds > PartCopy.LONGEST.toSeconds()
                ? Words.format(
                        "At %s the smallest legal parts, %,d in all, are of %s, and at %.1f MB/s one takes %,d s: longer than the"
                                + " %d s that a worker has for one in the %d s that a function lives",
                        row.size(),
                        Bound.MAX_PARTS,
                        Words.size(part),
                        row.physics().bytesPerSecond() / 1e6,
                        seconds,
                        PartCopy.LONGEST.toSeconds(),
                        Engine.LIFE.toSeconds())
                : "At %s it fails: %s".formatted(row.size(), row.failure());
    }

    /**
     * Why ours is that far from the bound.
     *
     * @param peers that copied the same, tuned to our width
     */
    static String inefficient(Row row, List<Row> peers) {
        if (row.failed()) {
            return failed(row);
        }
        var around = row.aroundParts() - Bound.ROUND_TRIPS * roundTrip(row);
        var among = row.lost() - around;
        var words = "At %s %s are lost: %s before and after the parts, as %s%s"
                .formatted(row.size(), Words.time(row.lost()), Words.time(around), PROOF, beyondProof(row, around));
        if (among <= ROUNDING) {
            return words;
        }
        return "%s; and %s while they are copied, %s"
                .formatted(words, Words.time(among), row.isMeasured() ? wire(row, peers) : "it is not known to what");
    }

    private static String beyondProof(Row row, double around) {
        var proof = PROOF_ROUND_TRIPS * roundTrip(row);
        return around <= proof + ROUNDING
                ? ""
                : " (%s, and %s more %s)"
                        .formatted(
                                Words.time(proof),
                                Words.time(around - proof),
                                row.isMeasured()
                                        ? "to sign, send and serve all that is not a part"
                                        : "of which it is not known why");
    }

    private static String wire(Row row, List<Row> peers) {
        return Words.format(
                        "as %,d parts cannot begin in one moment on few processors, which sign, send and serve them",
                        parts(row))
                + peers.stream()
                        .filter(peer -> !peer.failed())
                        .min(Comparator.comparingDouble(Row::lost))
                        .map(peer -> " (%s, tuned, loses %s in all)".formatted(peer.tool(), Words.time(peer.lost())))
                        .orElse("");
    }

    static double roundTrip(Row row) {
        return row.physics().roundTrip().toNanos() / 1e9;
    }

    static int parts(Row row) {
        return PLANNER.plan(row.sizeBytes()).count();
    }

    /** Why ours used less of a limit than it might. */
    static String unused(Row row) {
        if (row.failed()) {
            return failed(row);
        }
        var atOnce = row.physics().copiesPerSecond();
        var left = parts(row) - atOnce;
        return left / atOnce > SETTLING_SECONDS
                ? unknown("At " + row.size())
                : Words.format(
                        "At %s %.0f of %,d parts are let in at once, and the %.0f that are left are over before %d workers"
                                + " have found their share of the limit",
                        row.size(), atOnce, parts(row), left, Math.ceilDiv(parts(row), PartBatch.STREAMS));
    }

    /** Why another plan would be sooner. */
    static String regretted(Row row) {
        return Why.parts(row) > row.physics().copiesPerSecond()
                ? Words.format(
                        "At %s the bucket lets %.0f of %,d parts in each second, so fewer and larger ones would be sooner; what a"
                                + " bucket lets in no planner can know",
                        row.size(), row.physics().copiesPerSecond(), parts(row))
                : unknown("At " + row.size());
    }

    /** Why ours costs that much beside what it copies. */
    static String costly(List<Row> misses) {
        var failures = misses.stream().filter(Row::failed).toList();
        var costly = misses.stream().filter(row -> !row.failed()).toList();
        var words = costly.stream()
                .map(row -> Words.dollars(row.overheadUsd()) + " at " + row.size())
                .collect(Collectors.joining(", "));
        return costly.isEmpty()
                ? each(failures, Why::failed)
                : "What an execution and the requests for its parts, with those that are turned away, cost, %s, is more than that share of"
                                .concat(" what is to be paid for the bytes")
                                .formatted(words)
                        + (failures.isEmpty() ? "" : ". " + each(failures, Why::failed));
    }

    /** How often a worker is called again because it does not live so long. */
    static long callsAgain(Row row) {
        return (long) row.time() / Engine.LIFE.toSeconds();
    }

    static String unknown(String where) {
        return where + " it is not known why";
    }
}
