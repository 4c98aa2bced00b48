package imageferry.simulation;

import imageferry.function.WiredService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts invocations and reports their ends. */
final class Invocations {
    private final long seed;
    private final VirtualThreads strands;
    private final FaultInjector troubles;
    private final Trace trace;
    private final Verdict verdict;
    private @Nullable WiredService service;
    private int alive;

    Invocations(long seed, VirtualThreads strands, FaultInjector troubles, Trace trace, Verdict verdict) {
        this.seed = seed;
        this.strands = strands;
        this.troubles = troubles;
        this.trace = trace;
        this.verdict = verdict;
    }

    void serve(WiredService wired) {
        service = wired;
    }

    /** The number of unfinished invocations. */
    int alive() {
        return alive;
    }

    /**
     * Starts one.
     *
     * @param micros its time limit, in microseconds
     * @param work its code
     * @param failed converts an exception, or its death, to a result
     * @param ended receives its result
     */
    <T> void begin(
            String name,
            long micros,
            Function<WiredService, T> work,
            Function<Throwable, T> failed,
            Consumer<T> ended) {
        var invocation = new Invocation(seed, name, strands.now() + micros);
        alive++;
        strands.start(invocation, () -> {
            var outcome = run(invocation, work, failed);
            alive--;
            if (!strands.over()) {
                trace.add(strands.now(), name, "ends", () -> outcome);
                ended.accept(outcome);
            }
        });
    }

    private <T> T run(Invocation invocation, Function<WiredService, T> work, Function<Throwable, T> failed) {
        try {
            var result = work.apply(service);
            if (!invocation.deadAt(strands.now())) {
                return result;
            }
        } catch (Crash _) {
            // Reported below, because any answer is lost.
        } catch (RuntimeException e) {
            verdict.check(invocation.name(), e);
            return failed.apply(e);
        }
        if (invocation.timeOver(strands.now())) {
            troubles.noteTimeout(invocation.name());
        }
        return failed.apply(new Crash(invocation.name()));
    }
}
