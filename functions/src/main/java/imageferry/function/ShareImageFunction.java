package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.ending.ShareCopied;
import java.lang.System.Logger.Level;

/** State Share Image: shares the available copy with the accounts that its request named. */
public final class ShareImageFunction implements RequestHandler<CopyTask, CopyTask> {
    private final ShareCopied shareCopied;

    public ShareImageFunction() {
        this(App.current().forWorkflow().shareCopied());
    }

    ShareImageFunction(ShareCopied shareCopied) {
        this.shareCopied = shareCopied;
    }

    @Override
    public CopyTask handleRequest(CopyTask task, Context context) {
        Workflow.attempt(task.copy(), () -> shareCopied.share(task.copy()))
                .forEach(sentence -> Workflow.log(task.copy(), Level.WARNING, sentence));
        return task;
    }
}
