package imageferry.simulation;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.function.error.CopyCancelled;
import imageferry.id.CopyId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Step Functions: one execution per name, and tokens that work once. */
final class Workflows implements Executions {
    private static final Machine MACHINE = MachineReader.shipped();

    private final long seed;
    private final VirtualThreads strands;
    private final FaultInjector troubles;
    private final Trace trace;
    private final Invocations invocations;
    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final Map<String, Consumer<Outcome>> parked = new HashMap<>();

    Workflows(long seed, VirtualThreads strands, FaultInjector troubles, Trace trace, Invocations invocations) {
        this.seed = seed;
        this.strands = strands;
        this.troubles = troubles;
        this.trace = trace;
        this.invocations = invocations;
    }

    @Override
    public void start(CopyId copy) {
        executions.computeIfAbsent(copy.value(), name -> {
            var execution = new Execution(this, name);
            execution.begin(MACHINE);
            return execution;
        });
    }

    @Override
    public State state(CopyId copy) {
        var execution = executions.get(copy.value());
        if (execution == null) {
            return State.ABSENT;
        }
        return execution.state();
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        answer(wake.token(), new Outcome.Done(Map.of()));
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        answer(wake.token(), new Outcome.Failed(CopyCancelled.class.getName(), reason.toString()));
    }

    void park(String token, Consumer<Outcome> waiting) {
        parked.put(token, waiting);
    }

    /** A used token counts as delivered. */
    void answer(String token, Outcome outcome) {
        var waiting = parked.remove(token);
        if (waiting != null) {
            waiting.accept(outcome);
        }
    }

    /** The copies whose execution runs. */
    List<String> running() {
        return executions.entrySet().stream()
                .filter(entry -> entry.getValue().running())
                .map(Map.Entry::getKey)
                .toList();
    }

    void stop(String copy) {
        executions.get(copy).stop();
    }

    long now() {
        return strands.now();
    }

    void after(long micros, long order, Runnable step) {
        strands.after(micros, order, step);
    }

    SplittableRandom chance(String name) {
        return Seeds.random(seed, name);
    }

    FaultInjector troubles() {
        return troubles;
    }

    Invocations invocations() {
        return invocations;
    }

    void note(String copy, String what, Object more) {
        trace.add(strands.now(), "execution of " + copy, what, () -> more);
    }
}
