package imageferry.bench.report;

import imageferry.bench.tool.Engine;
import imageferry.snapshot.PartPlanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The engine's goals, checked against the rows of one run. A goal that no row covers is left out. */
public final class Goals {
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;
    private static final String CROSS = "CROSS-REGION";
    private static final String SAME = "SAME-REGION";
    private static final String THROTTLED = "THROTTLED";
    private static final PartPlanner PLANNER = new PartPlanner(Engine.WORKERS);

    private final List<Row> rows;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(List<Row> rows) {
        this.rows = rows;
    }

    /** Checks all goals, in the order in which they were set. */
    public static List<Goal> check(List<Row> rows) {
        var goals = new Goals(List.copyOf(rows));
        goals.check();
        return List.copyOf(goals.goals);
    }

    private void check() {
        efficiency(CROSS, Row.MODEL, 10 * GIB, Long.MAX_VALUE, 0.95);
        efficiency(CROSS, Row.MODEL, GIB, GIB, 0.9);
        efficiency(CROSS, Row.MEASURED, GIB, GIB, 0.9);
        efficiency(SAME, Row.MODEL, 40 * GIB, Long.MAX_VALUE, 0.8);
        regret(SAME);
        regret(CROSS);
        regret(THROTTLED);
        fasterThan("aws s3 cp");
        fasterThan("rclone");
        neverSlower("a peer tuned to the same width", Row.MODEL, Pair::isOfTheSameWidth);
        neverSlower("a peer tuned to the same width", Row.MEASURED, Pair::isOfTheSameWidth);
        neverSlower(
                "the best peer with its defaults",
                Row.MODEL,
                pair -> !pair.peer().isTuned());
        neverSlower(
                "the best peer with its defaults",
                Row.MEASURED,
                pair -> !pair.peer().isTuned());
        fiveTebibytes();
        noFailure(Row.MODEL);
        noFailure(Row.MEASURED);
        useOfTheLimit(Row.MODEL);
        useOfTheLimit(Row.MEASURED);
        for (var calibration : List.of(SAME, CROSS, THROTTLED)) {
            cost(calibration, 0, 0.05);
            cost(calibration, 40 * GIB, 0.01);
        }
    }

    /** Adds a goal that must hold for each of these rows; none when there are no rows. */
    private void each(String goal, List<Row> covered, Predicate<Row> isMissed, Function<Row, String> figure) {
        if (!covered.isEmpty()) {
            goals.add(new Goal(
                    goal,
                    joined(covered, row -> (row.failed() ? "failed" : figure.apply(row)) + " at " + row.size()),
                    joined(covered.stream().filter(isMissed).toList(), Row::size)));
        }
    }

    private static <T> String joined(List<T> values, Function<T, String> words) {
        return values.stream().map(words).distinct().collect(Collectors.joining(", "));
    }

    private List<Row> ours(String calibration, String kind, long from, long to) {
        return rows.stream()
                .filter(Row::isOurs)
                .filter(row ->
                        row.calibration().equals(calibration) && row.kind().equals(kind))
                .filter(row -> row.sizeBytes() >= from && row.sizeBytes() <= to)
                .toList();
    }

    private void efficiency(String calibration, String kind, long from, long to, double least) {
        each(
                "efficiency of at least %s in %s %s (%s)"
                        .formatted(least, calibration, (from == to ? "at " : "from ") + Units.size(from), kind),
                ours(calibration, kind, from, to),
                row -> row.reached() < least,
                row -> Units.format("%.3f", row.reached()));
    }

    private void regret(String calibration) {
        var covered = rows.stream()
                .filter(row -> row.isOurs() && row.calibration().equals(calibration))
                .toList();
        if (!covered.isEmpty()) {
            var worst = covered.stream()
                    .max(Comparator.comparingDouble(Goals::regretOf))
                    .orElseThrow();
            goals.add(new Goal(
                    "plan regret of at most 1.05 in " + calibration,
                    Units.format("at most %.3f, at %s", regretOf(worst), worst.size()),
                    joined(covered.stream().filter(row -> regretOf(row) > 1.05).toList(), Row::size)));
        }
    }

    private static double regretOf(Row row) {
        return row.planRegret() == null ? Double.POSITIVE_INFINITY : row.planRegret();
    }

    private List<Pair> pairs(List<Row> ours, Predicate<Pair> included) {
        return ours.stream()
                .flatMap(our -> rows.stream()
                        .filter(row -> !row.isOurs() && row.isSameRun(our))
                        .map(row -> new Pair(our, row)))
                .filter(included)
                .toList();
    }

    private void fasterThan(String peer) {
        var pairs = pairs(
                ours(CROSS, Row.MODEL, 10 * GIB, Long.MAX_VALUE),
                pair -> pair.peer().tool().equals(peer) && !pair.peer().isTuned());
        if (!pairs.isEmpty()) {
            var misses = pairs.stream().filter(pair -> pair.factor() < 10).toList();
            goals.add(new Goal(
                    "at least 10 times as fast as %s with its defaults in CROSS-REGION from 10 GiB (model)"
                            .formatted(peer),
                    joined(
                            pairs,
                            pair -> pair.comparison() + " at " + pair.ours().size()),
                    joined(misses, pair -> pair.ours().size())));
        }
    }

    private void neverSlower(String than, String kind, Predicate<Pair> included) {
        var pairs = pairs(
                rows.stream()
                        .filter(row -> row.isOurs() && row.kind().equals(kind))
                        .toList(),
                included);
        if (!pairs.isEmpty()) {
            var misses = pairs.stream().filter(Pair::isSlower).toList();
            goals.add(new Goal(
                    "never slower than %s (%s)".formatted(than, kind),
                    slower(pairs, misses),
                    misses.isEmpty() ? "" : "%d of %d pairs".formatted(misses.size(), pairs.size())));
        }
    }

    private static String slower(List<Pair> pairs, List<Pair> misses) {
        var failed = misses.stream().filter(pair -> pair.ours().failed()).toList();
        var slower = misses.stream().filter(pair -> !pair.ours().failed()).toList();
        var worst = slower.stream()
                .max(Comparator.comparingDouble(Pair::behind))
                .map(pair -> ", by at most %s (%s)".formatted(Units.time(pair.behind()), pair.times()))
                .orElse("");
        return "slower in %d of %d pairs%s%s"
                .formatted(
                        slower.size(),
                        pairs.size(),
                        worst,
                        failed.isEmpty()
                                ? ""
                                : "; failed in %d where the peer did not (%s)"
                                        .formatted(failed.size(), joined(failed, Pair::place)));
    }

    private void fiveTebibytes() {
        each(
                "5 TiB in CROSS-REGION within 20 minutes of virtual time",
                ours(CROSS, Row.MODEL, 5 * TIB, 5 * TIB),
                row -> row.time() > 20 * 60,
                row -> Units.time(row.time()));
    }

    private void noFailure(String kind) {
        each(
                "no failure in THROTTLED (%s)".formatted(kind),
                ours(THROTTLED, kind, 0, Long.MAX_VALUE),
                Row::failed,
                row -> "copied");
    }

    private void useOfTheLimit(String kind) {
        each(
                ("at least 0.8 of the allowed request rate in THROTTLED, up to 5 TiB, when there are more parts than the"
                                + " bucket admits at once (%s)")
                        .formatted(kind),
                ours(THROTTLED, kind, 0, 5 * TIB).stream()
                        .filter(row -> parts(row) > row.profile().copiesPerSecond())
                        .toList(),
                row -> row.failed() || row.allowedShare() < 0.8,
                row -> Units.format("%.2f", row.allowedShare()));
    }

    private static int parts(Row row) {
        return PLANNER.plan(row.sizeBytes()).count();
    }

    private void cost(String calibration, long from, double most) {
        each(
                "overhead of at most %s of the transfer and a month's storage in %s %s (model)"
                        .formatted(
                                Units.percent(most),
                                calibration,
                                from == 0 ? "at any size" : "from " + Units.size(from)),
                ours(calibration, Row.MODEL, from, Long.MAX_VALUE),
                row -> row.failed() || row.overheadShare() > most,
                row -> Units.format("%.2f %%", row.overheadShare() * 100));
    }
}
