package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.request.ValidateCopy;

/** State Validate Copy: decides whether the copy waits for approval or for a slot. */
public final class ValidateCopyFunction implements RequestHandler<CopyTask, ValidateCopyFunction.Answer> {
    private final ValidateCopy validateCopy;

    public ValidateCopyFunction() {
        this(App.current().forWorkflow().validateCopy());
    }

    ValidateCopyFunction(ValidateCopy validateCopy) {
        this.validateCopy = validateCopy;
    }

    /** @param route {@code approval} or {@code slot} */
    public record Answer(String copyId, String route) {}

    @Override
    public Answer handleRequest(CopyTask task, Context context) {
        var route = Workflow.answer(task.copy(), () -> validateCopy.validate(task.copy()));
        return new Answer(task.copyId(), route.toString());
    }
}
