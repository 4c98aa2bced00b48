package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.transfer.CopySnapshotParts;
import imageferry.id.CopyId;
import java.time.Duration;

/** State Copy Snapshot Parts: copies one batch, as far as the function's time allows. */
public final class CopySnapshotPartsFunction
        implements RequestHandler<CopySnapshotPartsFunction.Task, CopySnapshotPartsFunction.Answer> {
    private final CopySnapshotParts copySnapshotParts;

    public CopySnapshotPartsFunction() {
        this(App.current().forWorkflow().copySnapshotParts());
    }

    CopySnapshotPartsFunction(CopySnapshotParts copySnapshotParts) {
        this.copySnapshotParts = copySnapshotParts;
    }

    public record Task(String copyId, BatchTask batch) {}

    /** @param done false when parts are left for another call */
    public record Answer(boolean done) {}

    @Override
    public Answer handleRequest(Task task, Context context) {
        var copy = new CopyId(task.copyId());
        return new Answer(Workflow.answer(
                copy,
                () -> copySnapshotParts.copy(
                        copy, task.batch().parts(), () -> Duration.ofMillis(context.getRemainingTimeInMillis()))));
    }
}
