package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.SettleCopy;
import imageferry.id.CopyId;

/** State Settle Copy: the one way out of the workflow for a copy that will not become available. */
public final class SettleCopyFunction implements RequestHandler<SettleCopyFunction.Task, SettleCopyFunction.Answer> {
    private final SettleCopy settleCopy;

    public SettleCopyFunction() {
        this(App.current().settleCopy());
    }

    SettleCopyFunction(SettleCopy settleCopy) {
        this.settleCopy = settleCopy;
    }

    /** @param error what stopped the workflow, in Step Functions' own form */
    public record Task(String copyId, WorkflowError error) {}

    /** @param status {@code Available}, {@code Cancelled} or {@code Failed} */
    public record Answer(String copyId, String status) {}

    @Override
    public Answer handleRequest(Task task, Context context) {
        var status = Workflow.attempt(
                () -> settleCopy.settle(new CopyId(task.copyId()), task.error().reason()));
        return new Answer(task.copyId(), status.toString());
    }
}
