package imageferry.local.faults;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import java.util.HashSet;
import java.util.Set;

/** Executions that run, but for those that a test says are closed; they take note of nothing. */
final class RecordedExecutions implements Executions {
    final Set<CopyId> closed = new HashSet<>();

    @Override
    public void start(CopyId copy) {
        // Started twice is started once.
    }

    @Override
    public State state(CopyId copy) {
        return closed.contains(copy) ? State.CLOSED : State.RUNNING;
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        // A spent token counts as delivered.
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        // A spent token counts as delivered.
    }
}
