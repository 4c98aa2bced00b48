package imageferry.local.gateway;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The edit distance between a requested path and a route. */
final class EditDistance {
    private static final int EXTRA = 3;

    private EditDistance() {}

    /**
     * Returns the distance in characters.
     *
     * @param resource a path with placeholders in braces, each of which stands for any segment
     * @param path as it was asked for; empty segments and the case of letters do not count
     */
    static int between(String resource, String path) {
        var wanted = segments(resource);
        var given = segments(path);
        var row = new int[given.size() + 1];
        for (var j = 1; j <= given.size(); j++) {
            row[j] = row[j - 1] + extra(given.get(j - 1));
        }
        for (var segment : wanted) {
            var next = new int[given.size() + 1];
            next[0] = row[0] + length(segment);
            for (var j = 1; j <= given.size(); j++) {
                var replaced = row[j - 1] + segments(segment, given.get(j - 1));
                var missing = row[j] + length(segment);
                var more = next[j - 1] + extra(given.get(j - 1));
                next[j] = Math.min(replaced, Math.min(missing, more));
            }
            row = next;
        }
        return row[given.size()];
    }

    private static List<String> segments(String path) {
        return Stream.of(path.toLowerCase(Locale.ROOT).split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** A missing id counts 1, whatever its length. */
    private static int length(String segment) {
        return segment.startsWith("{") ? 1 : segment.length();
    }

    /** An additional segment is rarely a typing error: a short id must not count less than half a missing word. */
    private static int extra(String segment) {
        return segment.length() + EXTRA;
    }

    private static int segments(String wanted, String given) {
        return wanted.startsWith("{") ? 0 : letters(wanted, given);
    }

    /** Levenshtein's distance. */
    private static int letters(String one, String other) {
        var row = new int[other.length() + 1];
        for (var j = 1; j <= other.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var next = new int[other.length() + 1];
            next[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var replaced = row[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, Math.min(row[j], next[j - 1]) + 1);
            }
            row = next;
        }
        return row[other.length()];
    }
}
