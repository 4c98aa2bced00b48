package imageferry.bench.report;

import java.util.Locale;

/** Formats sizes, times and sums for readers, the same in every locale. */
final class Units {
    private static final double KIB = 1_024;

    private Units() {}

    static String size(long bytes) {
        var value = bytes / KIB / KIB;
        var unit = "MiB";
        for (var next : new String[] {"GiB", "TiB"}) {
            if (value >= KIB && !(next.equals("TiB") && value < 5 * KIB)) {
                value /= KIB;
                unit = next;
            }
        }
        return format(value == Math.rint(value) ? "%.0f %s" : "%.1f %s", value, unit);
    }

    static String time(double seconds) {
        if (seconds < 100) {
            return format(seconds < 10 ? "%.2f s" : "%.1f s", seconds);
        }
        return seconds < 6_000 ? format("%.1f min", seconds / 60) : format("%.1f h", seconds / 3_600);
    }

    static String dollars(double dollars) {
        return format(dollars < 1 ? "$%.4f" : "$%.2f", dollars);
    }

    static String percent(double share) {
        return format("%.1f %%", share * 100);
    }

    static String times(double factor) {
        return format(factor < 10 ? "%.1f ×" : "%.0f ×", factor);
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation would need a library of its own.
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
