package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.request.ImportUpload;
import imageferry.function.event.ObjectCreated;
import org.jspecify.annotations.Nullable;

/** Imports an object uploaded under {@code imports/<account>/}, if its metadata or tags ask for that. */
public final class ImportUploadFunction implements RequestHandler<ObjectCreated, ImportUploadFunction.Outcome> {
    private static final System.Logger LOG = System.getLogger(ImportUploadFunction.class.getName());

    private final ImportUpload importUpload;

    public ImportUploadFunction() {
        this(App.current().forEvents().importUpload());
    }

    ImportUploadFunction(ImportUpload importUpload) {
        this.importUpload = importUpload;
    }

    /**
     * The outcome of the event.
     *
     * @param copyId absent when no import was requested
     * @param refused the code of the reason why the copy begins with its end
     */
    public record Outcome(@Nullable String copyId, @Nullable String refused) {}

    @Override
    public Outcome handleRequest(ObjectCreated upload, Context context) {
        var event = upload.event();
        return switch (importUpload.handle(event)) {
            case ImportUpload.Outcome.Nothing() -> new Outcome(null, null);
            case ImportUpload.Outcome.Importing(var copy) -> new Outcome(copy.value(), null);
            case ImportUpload.Outcome.Refused(var copy, var reason) -> {
                LOG.log(System.Logger.Level.WARNING, event.blob() + " is not imported: " + reason.detail());
                yield new Outcome(copy.value(), reason.code());
            }
        };
    }
}
