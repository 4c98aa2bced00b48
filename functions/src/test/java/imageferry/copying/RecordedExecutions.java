package imageferry.copying;

import imageferry.id.CopyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Executions whose states a test sets. */
public final class RecordedExecutions implements Executions {
    public final Map<CopyId, State> states = new HashMap<>();
    public final List<CopyId> started = new ArrayList<>();
    public final List<CopyId> gone = new ArrayList<>();
    public final List<String> tokens = new ArrayList<>();
    public final List<CopyId> broken = new ArrayList<>();

    @Override
    public void start(CopyId copy) {
        started.add(copy);
    }

    @Override
    public State state(CopyId copy) {
        if (broken.contains(copy)) {
            throw new IllegalStateException("unreachable");
        }
        return states.getOrDefault(copy, State.ABSENT);
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        gone.add(copy);
        tokens.add(wake.token());
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        throw new AssertionError("Nothing is stopped here");
    }
}
