package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.queue.RequestApproval;

/** State Await Approval: opens the ticket and parks the copy behind it. */
public final class RequestApprovalFunction implements RequestHandler<ParkTask, CopyTask> {
    private final RequestApproval requestApproval;

    public RequestApprovalFunction() {
        this(App.current().forWorkflow().requestApproval());
    }

    RequestApprovalFunction(RequestApproval requestApproval) {
        this.requestApproval = requestApproval;
    }

    @Override
    public CopyTask handleRequest(ParkTask task, Context context) {
        var parked = Workflow.answer(task.copy(), () -> requestApproval.park(task.copy(), task.taskToken()));
        return new CopyTask(parked.value());
    }
}
