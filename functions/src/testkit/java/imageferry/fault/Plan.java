package imageferry.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Says what goes wrong at which call. Asked once for each call, one at a time. */
@FunctionalInterface
public interface Plan {
    Optional<Fault> at(Call call);

    static Plan none() {
        return call -> Optional.empty();
    }

    /** One fault at the call of this number. */
    static Plan at(int number, Fault fault) {
        return script(Map.of(number, fault));
    }

    /** Each fault at the call of its number. */
    static Plan script(Map<Integer, Fault> faults) {
        return call -> Optional.ofNullable(faults.get(call.number()));
    }

    /**
     * Each fault at the call of its number, counted over the calls of this port alone: where a use case asks two ports side
     * by side, the number over all of them falls on one or the other by chance.
     */
    static Plan script(Class<?> port, Map<Integer, Fault> faults) {
        var calls = new AtomicInteger();
        return call ->
                call.port() == port ? Optional.ofNullable(faults.get(calls.incrementAndGet())) : Optional.empty();
    }

    /** Nothing goes wrong, but others come first: they act right before the first call of that method. */
    static Plan overtakenAt(String method, Runnable others) {
        var first = new AtomicBoolean(true);
        return call -> {
            if (call.method().equals(method) && first.getAndSet(false)) {
                others.run();
            }
            return Optional.empty();
        };
    }

    /**
     * Faults by chance, the same ones for the same seed and the same calls.
     *
     * @param rate the share of calls that go wrong, 0 to 1
     */
    static Plan seeded(long seed, double rate, Fault... faults) {
        var random = new SplittableRandom(seed);
        var choice = List.of(faults);
        return call ->
                random.nextDouble() < rate ? Optional.of(choice.get(random.nextInt(choice.size()))) : Optional.empty();
    }
}
