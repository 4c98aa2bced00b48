package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.CopyStatus;
import imageferry.copying.ending.SettleCopy;
import imageferry.function.edge.Metrics;
import imageferry.function.edge.Metrics.Metric;
import imageferry.id.CopyId;
import java.lang.System.Logger.Level;

/** State Settle Copy: the one way out of the workflow for a copy that will not become available. */
public final class SettleCopyFunction implements RequestHandler<SettleCopyFunction.Task, SettleCopyFunction.Answer> {
    private final SettleCopy settleCopy;
    private final Metrics metrics;

    public SettleCopyFunction() {
        this(App.current().forWorkflow());
    }

    SettleCopyFunction(WorkflowWiring wiring) {
        this.settleCopy = wiring.settleCopy();
        this.metrics = wiring.app().metrics();
    }

    /** @param error the error that stopped the workflow, in Step Functions' own form */
    public record Task(String copyId, WorkflowError error) {}

    /** @param status {@code Available}, {@code Cancelled} or {@code Failed} */
    public record Answer(String copyId, String status) {}

    @Override
    public Answer handleRequest(Task task, Context context) {
        var copy = new CopyId(task.copyId());
        var reason = task.error().reason();
        var status = Workflow.attempt(copy, () -> settleCopy.settle(copy, reason));
        Workflow.log(copy, status == CopyStatus.FAILED ? Level.WARNING : Level.INFO, status + ": " + reason);
        switch (status) {
            case FAILED -> metrics.put(Metric.COPIES_FAILED, 1);
            case CANCELLED -> metrics.put(Metric.COPIES_CANCELLED, 1);
            default -> {} // It had become available before, and was counted then.
        }
        return new Answer(task.copyId(), status.toString());
    }
}
