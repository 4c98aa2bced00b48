package imageferry.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the engine is to reach, held against the rows of one run. Rows that a run left out are not judged. */
public final class Goals {
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;
    private static final String CROSS = "CROSS-REGION";
    private static final String SAME = "SAME-REGION";
    private static final String THROTTLED = "THROTTLED";

    private static final String PROOF = "A copy that proves itself takes four round trips more than one that does not:"
            + " it looks twice, lists what is there before and after its parts, and looks at the result";
    private static final String WIRE = PROOF
            + ". Over the wire comes the client's own work: all parts are signed and sent by blocking calls in the first moment,"
            + " which on few processors takes longer than an event loop needs. It has not been profiled yet";

    private static final String LIFE =
            "At 48.8 TiB only parts of 5 GiB are legal, and one takes 1,142 s at 4.7 MB/s: longer than a function lives";

    private final List<Row> rows;

    public Goals(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** All of them, in the order in which they were set. */
    public List<Goal> judged() {
        var goals = new ArrayList<Goal>();
        efficiency(goals, CROSS, Row.MODEL, 10 * GIB, Long.MAX_VALUE, 0.95, LIFE);
        efficiency(goals, CROSS, Row.MODEL, GIB, GIB, 0.9, PROOF);
        efficiency(goals, CROSS, Row.MEASURED, GIB, GIB, 0.9, WIRE);
        efficiency(goals, SAME, Row.MODEL, 40 * GIB, Long.MAX_VALUE, 0.8, PROOF);
        regret(goals);
        fasterThan(goals, "aws s3 cp");
        fasterThan(goals, "rclone");
        neverSlower(goals, Row.MODEL, true);
        neverSlower(goals, Row.MEASURED, true);
        neverSlower(goals, Row.MODEL, false);
        neverSlower(goals, Row.MEASURED, false);
        fiveTebibytes(goals);
        throttled(goals);
        cost(goals, CROSS, 0, 0.05);
        cost(goals, CROSS, 40 * GIB, 0.01);
        cost(goals, SAME, 40 * GIB, 0.01);
        return goals;
    }

    private Stream<Row> ours(String calibration, String kind, long from, long to) {
        return rows.stream()
                .filter(Row::isOurs)
                .filter(row ->
                        row.calibration().equals(calibration) && row.kind().equals(kind))
                .filter(row -> row.sizeBytes() >= from && row.sizeBytes() <= to);
    }

    private void efficiency(
            List<Goal> goals, String calibration, String kind, long from, long to, double least, String why) {
        var judged = ours(calibration, kind, from, to).toList();
        if (judged.isEmpty()) {
            return;
        }
        var sizes = from == to ? "at " + Words.size(from) : "from " + Words.size(from);
        goals.add(Goal.of(
                "efficiency of at least %s in %s %s (%s)".formatted(least, calibration, sizes, kind),
                judged.stream().allMatch(row -> row.efficiency() != null && row.efficiency() >= least),
                each(judged, row -> row.efficiency() == null ? 0 : row.efficiency(), "%.3f"),
                why));
    }

    private static String each(List<Row> rows, ToDoubleFunction<Row> value, String pattern) {
        return String.join(
                ", ",
                rows.stream()
                        .map(row -> row.seconds() == null
                                ? "failed at " + Words.size(row.sizeBytes())
                                : Words.format(pattern, value.applyAsDouble(row)) + " at "
                                        + Words.size(row.sizeBytes()))
                        .toList());
    }

    private void regret(List<Goal> goals) {
        Row worst = null;
        var most = 0.0;
        for (var row : rows) {
            var regret = row.planRegret();
            if (row.isOurs() && !row.calibration().equals(THROTTLED) && regret != null && regret > most) {
                worst = row;
                most = regret;
            }
        }
        if (worst != null) {
            goals.add(Goal.of(
                    "plan regret of at most 1.05",
                    most <= 1.05,
                    Words.format("at most %.3f, at %s in %s", most, Words.size(worst.sizeBytes()), worst.calibration()),
                    ""));
        }
    }

    private void fasterThan(List<Goal> goals, String peer) {
        var pairs = pairs(
                        ours(CROSS, Row.MODEL, 10 * GIB, Long.MAX_VALUE),
                        row -> row.tool().equals(peer) && !row.isTuned())
                .filter(pair -> pair.ours().seconds() != null)
                .toList();
        if (!pairs.isEmpty()) {
            goals.add(Goal.of(
                    "at least 10 times as fast as %s with its defaults in CROSS-REGION from 10 GiB".formatted(peer),
                    pairs.stream().allMatch(pair -> pair.factor() >= 10),
                    String.join(", ", pairs.stream().map(Pair::words).toList()),
                    ""));
        }
    }

    /** Ours and one peer at the same size. */
    private record Pair(Row ours, Row peer) {
        double factor() {
            return peer.time() / ours.time();
        }

        String words() {
            var size = Words.size(ours.sizeBytes());
            return peer.seconds() == null ? "it fails at " + size : Words.times(factor()) + " at " + size;
        }
    }

    private Stream<Pair> pairs(Stream<Row> ours, Predicate<Row> peers) {
        return ours.flatMap(our -> rows.stream()
                .filter(row -> !row.isOurs() && row.isSameRun(our))
                .filter(peers)
                .map(peer -> new Pair(our, peer)));
    }

    private void neverSlower(List<Goal> goals, String kind, boolean tuned) {
        var pairs = pairs(
                        rows.stream()
                                .filter(Row::isOurs)
                                .filter(row -> row.kind().equals(kind)),
                        row -> row.isTuned() == tuned)
                .toList();
        var slower = pairs.stream()
                .filter(pair -> pair.peer().time() < pair.ours().time())
                .sorted(Comparator.comparingDouble(Pair::factor))
                .toList();
        if (pairs.isEmpty()) {
            return;
        }
        goals.add(Goal.of(
                "never slower than %s (%s)"
                        .formatted(
                                tuned
                                        ? "a peer tuned to the same width"
                                        : "the best of the peers as they come, from 64 MiB",
                                kind),
                slower.isEmpty(),
                slower.isEmpty()
                        ? "in none of %d pairs".formatted(pairs.size())
                        : "slower in %d of %d pairs, at most by %s: %s"
                                .formatted(slower.size(), pairs.size(), mostBy(slower), worst(slower)),
                kind.equals(Row.MEASURED) ? WIRE : PROOF));
    }

    private static String mostBy(List<Pair> slower) {
        var most = slower.stream()
                .filter(pair -> pair.ours().seconds() != null)
                .mapToDouble(pair -> pair.ours().time() - pair.peer().time())
                .max();
        return most.isPresent() ? Words.time(most.getAsDouble()) : "a failure of ours";
    }

    private static String worst(List<Pair> slower) {
        var pair = slower.getFirst();
        return "%s against %s of %s at %s in %s"
                .formatted(
                        pair.ours().seconds() == null
                                ? "a failure"
                                : Words.time(pair.ours().time()),
                        Words.time(pair.peer().time()),
                        pair.peer().tool(),
                        Words.size(pair.ours().sizeBytes()),
                        pair.ours().calibration());
    }

    private void fiveTebibytes(List<Goal> goals) {
        ours(CROSS, Row.MODEL, 5 * TIB, 5 * TIB)
                .findFirst()
                .ifPresent(row -> goals.add(Goal.of(
                        "5 TiB in CROSS-REGION within 20 minutes of virtual time",
                        row.time() <= 20 * 60,
                        Words.time(row.time()),
                        "")));
    }

    private void throttled(List<Goal> goals) {
        var judged = ours(THROTTLED, Row.MODEL, 0, Long.MAX_VALUE).toList();
        if (judged.isEmpty()) {
            return;
        }
        goals.add(Goal.of(
                "no failure in THROTTLED",
                judged.stream().allMatch(row -> row.failure() == null),
                "%d sizes copied"
                        .formatted(judged.stream()
                                .filter(row -> row.failure() == null)
                                .count()),
                ""));
        // Beyond, a part takes a minute: all streams together ask for less than the bucket allows.
        var limited = judged.stream()
                .filter(row -> row.slowDowns() > 0 && row.sizeBytes() <= 5 * TIB)
                .toList();
        goals.add(Goal.of(
                "at least 0.8 of the allowed request rate in THROTTLED",
                limited.stream().allMatch(row -> row.allowedShare() >= 0.8),
                each(limited, Row::allowedShare, "%.2f"),
                "1 GiB is over before its few workers have found their share of the limit: 100 requests are let in at once, and"
                        + " 107 are left"));
    }

    private void cost(List<Goal> goals, String calibration, long from, double most) {
        var judged = ours(calibration, Row.MODEL, from, Long.MAX_VALUE)
                .filter(row -> row.failure() == null)
                .toList();
        if (!judged.isEmpty()) {
            goals.add(Goal.of(
                    "within %s of the bare transfer and a month's storage in %s %s"
                            .formatted(
                                    Words.percent(most),
                                    calibration,
                                    from == 0 ? "at any size" : "from " + Words.size(from)),
                    judged.stream().allMatch(row -> row.overheadShare() <= most),
                    each(judged, row -> row.overheadShare() * 100, "%.2f %%"),
                    "What is paid for each execution and each part, about a cent for 1,280 parts, is more than that share of"
                            + " a small object's storage"));
        }
    }
}
