package imageferry.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Chooses the fault of each call. Called once for each call, by one thread at a time. */
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
     * Each fault at the call of its number, counted over the calls of this port alone. Where a use case calls two ports
     * in parallel, the number over all ports is random.
     */
    static Plan script(Class<?> port, Map<Integer, Fault> faults) {
        var calls = new AtomicInteger();
        return call ->
                call.port() == port ? Optional.ofNullable(faults.get(calls.incrementAndGet())) : Optional.empty();
    }

    /** No fault, but an action runs right before the first call of that method. */
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
     * Random faults, the same ones for the same seed and the same calls.
     *
     * @param rate the share of calls that fail, 0 to 1
     */
    static Plan seeded(long seed, double rate, Fault... faults) {
        var random = new SplittableRandom(seed);
        var choice = List.of(faults);
        return call ->
                random.nextDouble() < rate ? Optional.of(choice.get(random.nextInt(choice.size()))) : Optional.empty();
    }
}
