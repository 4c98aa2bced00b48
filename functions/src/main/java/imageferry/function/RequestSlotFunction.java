package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.queue.RequestSlot;

/** State Await Slot: queues the copy and parks it until it is granted a slot. */
public final class RequestSlotFunction implements RequestHandler<ParkTask, CopyTask> {
    private final RequestSlot requestSlot;

    public RequestSlotFunction() {
        this(App.current().forWorkflow().requestSlot());
    }

    RequestSlotFunction(RequestSlot requestSlot) {
        this.requestSlot = requestSlot;
    }

    @Override
    public CopyTask handleRequest(ParkTask task, Context context) {
        var parked = Workflow.answer(task.copy(), () -> requestSlot.park(task.copy(), task.taskToken()));
        return new CopyTask(parked.value());
    }
}
