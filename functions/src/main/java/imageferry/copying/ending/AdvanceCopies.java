package imageferry.copying.ending;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Executions;
import imageferry.copying.Wake;
import imageferry.id.CopyId;
import java.time.InstantSource;

/**
 * Starts the executions of new copies and wakes parked ones. Only this class starts, wakes or stops executions, so no
 * other code can lose a wake-up between a transaction and a call. The sweeper repeats the call for copies whose change
 * event was lost.
 */
public record AdvanceCopies(Copies copies, Executions executions, InstantSource clock) {
    public void start(CopyId id) {
        executions.start(id);
    }

    Executions.State state(CopyId id) {
        return executions.state(id);
    }

    /**
     * Continues or stops the execution of a parked copy, according to the copy's current status. Does nothing while the
     * copy must wait.
     */
    public void wake(CopyId id) {
        copies.find(id).ifPresent(this::wake);
    }

    void wake(Copy copy) {
        var wake = copy.workflow().wake();
        if (wake == null) {
            return;
        }
        wake.all().forEach(one -> tell(copy, one));
        if (wake.all().noneMatch(one -> one.verdict(copy.status()) == Wake.Verdict.WAIT)) {
            copies.woken(copy.id(), wake, clock.instant());
        }
    }

    private void tell(Copy copy, Wake wake) {
        switch (wake.verdict(copy.status())) {
            case WAIT -> {}
            case GO -> executions.go(copy.id(), wake);
            case STOP -> executions.stop(copy.id(), wake, copy.endReason());
        }
    }
}
