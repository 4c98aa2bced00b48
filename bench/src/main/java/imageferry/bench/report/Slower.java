package imageferry.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pairs in which ours is slower than a peer, by what makes it so.
 *
 * @param pairs all pairs that are held against one another
 */
record Slower(List<Pair> pairs) {

    /** What workers take to find their share of a limit. */
    private static final double SETTLING_SECONDS = 2;
    /** What the requests of one copy were seen to take of two processors. */
    private static final double WIRE_SECONDS = 0.5;

    /** What makes a copy slower than another; the first that fits. */
    private enum Cause {
        FAILURE,
        LIMIT,
        PROOF,
        CALLED_AGAIN,
        WIRE,
        UNKNOWN;

        static Cause of(Pair pair) {
            if (pair.ours().failed()) {
                return FAILURE;
            }
            if (pair.ours().slowDowns() > 0 && isAtMost(pair.behind(), SETTLING_SECONDS)) {
                return LIMIT;
            }
            var roundTrip = Why.roundTrip(pair.ours());
            if (isAtMost(pair.amongParts(), 0) && isAtMost(pair.behind(), Why.PROOF_ROUND_TRIPS * roundTrip)) {
                return PROOF;
            }
            if (pair.ours().isMeasured() && isAtMost(pair.behind(), WIRE_SECONDS)) {
                return WIRE;
            }
            var again = Why.callsAgain(pair.ours());
            return again > 0 && isAtMost(pair.amongParts(), again * roundTrip) ? CALLED_AGAIN : UNKNOWN;
        }

        private static boolean isAtMost(double seconds, double most) {
            return seconds <= most + Why.ROUNDING;
        }

        String words(List<Pair> pairs) {
            return switch (this) {
                case FAILURE -> failures(pairs);
                case LIMIT -> limited(pairs);
                case PROOF -> Why.PROOF;
                case CALLED_AGAIN ->
                    "a worker that does not live long enough for its parts is called again, and lists once more what is there";
                case WIRE -> wired(pairs);
                case UNKNOWN -> "it is not known why";
            };
        }
    }

    private List<Pair> slower() {
        return pairs.stream().filter(Pair::isSlower).toList();
    }

    boolean isNone() {
        return slower().isEmpty();
    }

    /** In how many pairs, and by how much. */
    String found() {
        var ended = slower().stream().filter(pair -> !pair.ours().failed()).toList();
        var failed = slower().stream().filter(pair -> pair.ours().failed()).toList();
        var words = new ArrayList<String>();
        if (!ended.isEmpty()) {
            var worst = worst(ended);
            words.add("slower in %s of %s pairs, by %s at most (%s)"
                    .formatted(ended.size(), pairs.size(), Words.time(worst.behind()), worst.times()));
        }
        if (!failed.isEmpty()) {
            words.add("failed where the peer does not in %s of %s (%s)"
                    .formatted(failed.size(), pairs.size(), places(failed)));
        }
        return words.isEmpty() ? "in none of %s pairs".formatted(pairs.size()) : String.join(", ", words);
    }

    /** What makes it slower, with the number of pairs. */
    String why() {
        return slower().stream().collect(Collectors.groupingBy(Cause::of)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(cause -> "In %s of them %s"
                        .formatted(cause.getValue().size(), cause.getKey().words(cause.getValue())))
                .collect(Collectors.joining(". "));
    }

    private static String failures(List<Pair> pairs) {
        return "ours fails. " + Why.each(pairs.stream().map(Pair::ours).toList(), Why::failed);
    }

    private static String limited(List<Pair> pairs) {
        var ours = pairs.stream()
                .map(pair ->
                        Words.format("%,d requests of ours at %s", pair.ours().slowDowns(), pair.place()))
                .distinct()
                .collect(Collectors.joining(", "));
        var peers = pairs.stream().map(Slower::atTheLimit).distinct().collect(Collectors.joining("; "));
        return "the bucket turns away %s, whose workers then start parts more slowly until each has found its share (%s)"
                .formatted(ours, peers);
    }

    private static String atTheLimit(Pair pair) {
        var peer = pair.peer();
        var name = peer.isTuned() ? "the tuned " + peer.tool() : peer.tool();
        return peer.slowDowns() == 0
                ? Words.format("%s with %,d streams stays below the limit", name, peer.width())
                : Words.format("%s goes on asking and has %,d turned away", name, peer.slowDowns());
    }

    private static String wired(List<Pair> pairs) {
        var worst = worst(pairs);
        return "over the wire those round trips also take the time to sign, send and serve them, and parts that begin together"
                + " wait for few processors: at %s %s of the difference lie before and after the parts, %s between"
                        .formatted(
                                worst.place(),
                                Words.time(worst.aroundParts()),
                                Words.time(Math.max(0, worst.amongParts())));
    }

    private static Pair worst(List<Pair> pairs) {
        return pairs.stream().max(Comparator.comparingDouble(Pair::behind)).orElseThrow();
    }

    private static String places(List<Pair> pairs) {
        return pairs.stream().map(Pair::place).distinct().collect(Collectors.joining(", "));
    }
}
