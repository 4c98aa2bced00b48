package imageferry.bench.start;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Starts of one function; at least one. */
record Starts(List<Start> all) {
    double median(ToDoubleFunction<Start> time) {
        var times = all.stream().mapToDouble(time).sorted().toArray();
        return times[times.length / 2];
    }
}
