package imageferry.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the engine is to reach, held against the rows of one run. Rows that a run left out are not judged. */
public final class Goals {
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;
    private static final String CROSS = "CROSS-REGION";
    private static final String SAME = "SAME-REGION";
    private static final String THROTTLED = "THROTTLED";

    private final List<Row> rows;

    public Goals(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** All of them, in the order in which they were set. */
    public List<Goal> judged() {
        var goals = new ArrayList<Goal>();
        efficiency(goals, CROSS, Row.MODEL, 10 * GIB, Long.MAX_VALUE, 0.95);
        efficiency(goals, CROSS, Row.MODEL, GIB, GIB, 0.9);
        efficiency(goals, CROSS, Row.MEASURED, GIB, GIB, 0.9);
        efficiency(goals, SAME, Row.MODEL, 40 * GIB, Long.MAX_VALUE, 0.8);
        regret(goals, SAME);
        regret(goals, CROSS);
        regret(goals, THROTTLED);
        fasterThan(goals, "aws s3 cp");
        fasterThan(goals, "rclone");
        neverSlower(goals, Row.MODEL, true);
        neverSlower(goals, Row.MEASURED, true);
        neverSlower(goals, Row.MODEL, false);
        neverSlower(goals, Row.MEASURED, false);
        fiveTebibytes(goals);
        noFailure(goals, Row.MODEL);
        noFailure(goals, Row.MEASURED);
        useOfTheLimit(goals, Row.MODEL);
        useOfTheLimit(goals, Row.MEASURED);
        for (var calibration : List.of(SAME, CROSS, THROTTLED)) {
            cost(goals, calibration, 0, 0.05);
            cost(goals, calibration, 40 * GIB, 0.01);
        }
        return goals;
    }

    private List<Row> ours(String calibration, String kind, long from, long to) {
        return rows.stream()
                .filter(Row::isOurs)
                .filter(row ->
                        row.calibration().equals(calibration) && row.kind().equals(kind))
                .filter(row -> row.sizeBytes() >= from && row.sizeBytes() <= to)
                .toList();
    }

    /** Adds a goal, reached when no row misses it; none when there is no row to judge. */
    private static void judge(
            List<Goal> goals,
            String goal,
            List<Row> judged,
            Predicate<Row> isMissed,
            Function<List<Row>, String> found,
            Function<List<Row>, String> why) {
        if (!judged.isEmpty()) {
            var misses = judged.stream().filter(isMissed).toList();
            goals.add(new Goal(goal, misses.isEmpty(), found.apply(judged), misses.isEmpty() ? "" : why.apply(misses)));
        }
    }

    private void efficiency(List<Goal> goals, String calibration, String kind, long from, long to, double least) {
        judge(
                goals,
                "efficiency of at least %s in %s %s (%s)"
                        .formatted(least, calibration, (from == to ? "at " : "from ") + Words.size(from), kind),
                ours(calibration, kind, from, to),
                row -> row.reached() < least,
                each(row -> Words.format("%.3f", row.reached())),
                misses -> Why.each(misses, row -> Why.inefficient(row, tuned(row))));
    }

    private List<Row> tuned(Row ours) {
        return rows.stream()
                .filter(row -> row.isSameRun(ours) && isOfTheSameWidth(new Pair(ours, row)))
                .toList();
    }

    private static Function<List<Row>, String> each(Function<Row, String> value) {
        return rows -> rows.stream()
                .map(row -> (row.failed() ? "failed" : value.apply(row)) + " at " + row.size())
                .collect(Collectors.joining(", "));
    }

    private void regret(List<Goal> goals, String calibration) {
        judge(
                goals,
                "plan regret of at most 1.05 in " + calibration,
                rows.stream()
                        .filter(row -> row.isOurs() && row.calibration().equals(calibration))
                        .toList(),
                row -> regretOf(row) > 1.05,
                judged -> {
                    var worst = judged.stream()
                            .max(Comparator.comparingDouble(Goals::regretOf))
                            .orElseThrow();
                    return Words.format("at most %.3f, at %s", regretOf(worst), worst.size());
                },
                misses -> Why.each(misses, Why::regretted));
    }

    private static double regretOf(Row row) {
        return row.planRegret() == null ? Double.POSITIVE_INFINITY : row.planRegret();
    }

    private void fasterThan(List<Goal> goals, String peer) {
        var pairs = pairs(
                ours(CROSS, Row.MODEL, 10 * GIB, Long.MAX_VALUE),
                pair -> pair.peer().tool().equals(peer) && !pair.peer().isTuned());
        if (!pairs.isEmpty()) {
            var misses = pairs.stream()
                    .filter(pair -> pair.factor() < 10)
                    .map(Pair::ours)
                    .toList();
            goals.add(new Goal(
                    "at least 10 times as fast as %s with its defaults in CROSS-REGION from 10 GiB (model)"
                            .formatted(peer),
                    misses.isEmpty(),
                    pairs.stream().map(Pair::words).collect(Collectors.joining(", ")),
                    Why.each(misses, row -> row.failed() ? Why.failed(row) : Why.unknown("At " + row.size()))));
        }
    }

    private List<Pair> pairs(List<Row> ours, Predicate<Pair> are) {
        return ours.stream()
                .flatMap(our -> rows.stream()
                        .filter(row -> !row.isOurs() && row.isSameRun(our))
                        .map(row -> new Pair(our, row)))
                .filter(are)
                .toList();
    }

    private static boolean isOfTheSameWidth(Pair pair) {
        return pair.peer().isTuned() && pair.peer().width() == pair.ours().width();
    }

    private void neverSlower(List<Goal> goals, String kind, boolean tuned) {
        var ours = rows.stream()
                .filter(row -> row.isOurs() && row.kind().equals(kind))
                .toList();
        var slower = new Slower(pairs(
                ours, tuned ? Goals::isOfTheSameWidth : pair -> !pair.peer().isTuned()));
        if (!slower.pairs().isEmpty()) {
            goals.add(new Goal(
                    "never slower than %s (%s)"
                            .formatted(
                                    tuned
                                            ? "a peer tuned to the same width"
                                            : "the best of the peers as they come, from 64 MiB",
                                    kind),
                    slower.isNone(),
                    slower.found(),
                    slower.why()));
        }
    }

    private void fiveTebibytes(List<Goal> goals) {
        judge(
                goals,
                "5 TiB in CROSS-REGION within 20 minutes of virtual time",
                ours(CROSS, Row.MODEL, 5 * TIB, 5 * TIB),
                row -> row.time() > 20 * 60,
                judged -> judged.getFirst().failed()
                        ? "failed"
                        : Words.time(judged.getFirst().time()),
                misses -> Why.each(misses, row -> Why.inefficient(row, List.of())));
    }

    private void noFailure(List<Goal> goals, String kind) {
        judge(
                goals,
                "no failure in THROTTLED (%s)".formatted(kind),
                ours(THROTTLED, kind, 0, Long.MAX_VALUE),
                Row::failed,
                judged ->
                        judged.stream().filter(row -> !row.failed()).count() + " of " + judged.size() + " sizes copied",
                misses -> Why.each(misses, Why::failed));
    }

    private void useOfTheLimit(List<Goal> goals, String kind) {
        judge(
                goals,
                ("at least 0.8 of the allowed request rate in THROTTLED where more parts are to be copied than it lets in at once,"
                                + " up to 5 TiB: beyond, 1,280 streams ask for less (%s)")
                        .formatted(kind),
                ours(THROTTLED, kind, 0, 5 * TIB).stream()
                        .filter(row -> Why.parts(row) > row.physics().copiesPerSecond())
                        .toList(),
                row -> row.failed() || row.allowedShare() < 0.8,
                each(row -> Words.format("%.2f", row.allowedShare())),
                misses -> Why.each(misses, Why::unused));
    }

    private void cost(List<Goal> goals, String calibration, long from, double most) {
        judge(
                goals,
                "within %s of the bare transfer and a month's storage in %s %s (model)"
                        .formatted(
                                Words.percent(most),
                                calibration,
                                from == 0 ? "at any size" : "from " + Words.size(from)),
                ours(calibration, Row.MODEL, from, Long.MAX_VALUE),
                row -> row.failed() || row.overheadShare() > most,
                each(row -> Words.format("%.2f %%", row.overheadShare() * 100)),
                Why::costly);
    }
}
