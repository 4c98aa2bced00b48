package imageferry.simulation;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.id.CopyId;

/** Step Functions, called through the simulated wire. */
final class WiredExecutions implements Executions {
    private final Executions executions;
    private final Wire wire;

    WiredExecutions(Executions executions, Wire wire) {
        this.executions = executions;
        this.wire = wire;
    }

    private void act(String what, Object about, Runnable effect) {
        wire.call(
                what,
                about,
                () -> {
                    effect.run();
                    return "done";
                },
                StepFunctionsUnavailable::new);
    }

    @Override
    public void start(CopyId copy) {
        act("Executions.start", copy, () -> executions.start(copy));
    }

    @Override
    public State state(CopyId copy) {
        return wire.call("Executions.state", copy, () -> executions.state(copy), StepFunctionsUnavailable::new);
    }

    @Override
    public void go(CopyId copy, Wake wake) {
        act("Executions.go", copy, () -> executions.go(copy, wake));
    }

    @Override
    public void stop(CopyId copy, Wake wake, Reason reason) {
        act("Executions.stop", copy, () -> executions.stop(copy, wake, reason));
    }
}
