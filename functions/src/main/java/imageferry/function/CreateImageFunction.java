package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.CreateImage;

/** State Create Image: makes the proven snapshot an image that can be used. */
public final class CreateImageFunction implements RequestHandler<CopyTask, CopyTask> {
    private final CreateImage createImage;

    public CreateImageFunction() {
        this(App.current().createImage());
    }

    CreateImageFunction(CreateImage createImage) {
        this.createImage = createImage;
    }

    @Override
    public CopyTask handleRequest(CopyTask task, Context context) {
        Workflow.answer(() -> createImage.create(task.copy()));
        return task;
    }
}
