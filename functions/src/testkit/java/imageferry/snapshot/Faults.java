package imageferry.snapshot;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Faults of a store: actions before or after the nth call of a kind. For many threads. */
public final class Faults {
    private final Map<Call, AtomicInteger> counts = new EnumMap<>(Call.class);
    private final Map<Call, IntConsumer> before = new ConcurrentHashMap<>();
    private final Map<Call, IntConsumer> after = new ConcurrentHashMap<>();

    /** The calls of the port. */
    public enum Call {
        LOOK,
        TAGS,
        TAG,
        READ,
        PARTS,
        OPEN,
        UPLOADS,
        UPLOADED_PARTS,
        COPY_PART,
        COMPLETE,
        ABORT,
        DELETE,
        LIST,
        TEXT
    }

    Faults() {
        for (var call : Call.values()) {
            counts.put(call, new AtomicInteger());
        }
    }

    /** Receives the number of each such call, from 1, before the call has an effect. It throws to fail the call. */
    public void before(Call call, IntConsumer event) {
        before.put(call, event);
    }

    /** The same, after the call has had its effect. An exception is then a lost answer. */
    public void after(Call call, IntConsumer event) {
        after.put(call, event);
    }

    /** The number of such calls so far. */
    public int count(Call call) {
        return counts.get(call).get();
    }

    <T> T around(Call call, Supplier<T> act) {
        var number = counts.get(call).incrementAndGet();
        before.getOrDefault(call, ignored -> {}).accept(number);
        var result = act.get();
        after.getOrDefault(call, ignored -> {}).accept(number);
        return result;
    }
}
