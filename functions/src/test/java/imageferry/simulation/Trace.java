package imageferry.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The events in order: as a number that equal histories share, and on request in words. */
final class Trace {
    private final boolean words;
    private final List<String> lines = new ArrayList<>();
    private long fingerprint = 17;

    Trace(boolean words) {
        this.words = words;
    }

    void add(long time, String who, String what, Supplier<?> more) {
        fingerprint = (fingerprint ^ time ^ ((long) who.hashCode() << 32) ^ what.hashCode()) * 0x9E3779B97F4A7C15L;
        fingerprint ^= fingerprint >>> 31;
        if (words) {
            lines.add("%12.3f ms  %s: %s %s".formatted(time / 1_000.0, who, what, more.get()));
        }
    }

    long fingerprint() {
        return fingerprint;
    }

    List<String> lines() {
        return lines;
    }
}
