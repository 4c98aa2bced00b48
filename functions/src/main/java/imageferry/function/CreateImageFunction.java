package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.ending.CreateImage;
import imageferry.function.edge.Metrics;
import imageferry.function.edge.Metrics.Metric;

/** State Create Image: makes the proven snapshot an image that can be used. */
public final class CreateImageFunction implements RequestHandler<CopyTask, CopyTask> {
    private final CreateImage createImage;
    private final Metrics metrics;

    public CreateImageFunction() {
        this(App.current().forWorkflow());
    }

    CreateImageFunction(WorkflowWiring wiring) {
        this.createImage = wiring.createImage();
        this.metrics = wiring.app().metrics();
    }

    @Override
    public CopyTask handleRequest(CopyTask task, Context context) {
        Workflow.answer(task.copy(), () -> createImage.create(task.copy()));
        metrics.put(Metric.COPIES_AVAILABLE, 1);
        return task;
    }
}
