package imageferry.local.faults;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import java.util.HashSet;
import java.util.Set;

/** Executions that run, except for those that a test marks as closed. Records nothing. */
final class RecordedExecutions implements Executions {
    final Set<CopyId> closed = new HashSet<>();

    @Override
    public void start(CopyId copy) {
        // A second start has no effect.
    }

    @Override
    public State state(CopyId copy) {
        return closed.contains(copy) ? State.FAILED : State.RUNNING;
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        // A used token counts as delivered.
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        // A used token counts as delivered.
    }
}
