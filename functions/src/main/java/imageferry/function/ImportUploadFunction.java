package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.ImportUpload;
import imageferry.function.event.ObjectCreated;
import imageferry.id.CopyId;
import imageferry.region.Region;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object landed under {@code imports/<account>/}: imports it, if its metadata asks for that. */
public final class ImportUploadFunction implements RequestHandler<ObjectCreated, ImportUploadFunction.Outcome> {
    private static final System.Logger LOG = System.getLogger(ImportUploadFunction.class.getName());

    private final ImportUpload importUpload;

    public ImportUploadFunction() {
        this(App.current());
    }

    ImportUploadFunction(App app) {
        this.importUpload = app.importUpload();
    }

    /** @param copyId absent when nothing was asked for, or what was asked for is refused */
    public record Outcome(@Nullable String copyId) {}

    @Override
    public Outcome handleRequest(ObjectCreated upload, Context context) {
        var blob =
                new Blob(new Region(upload.region()), upload.detail().object().key());
        return switch (importUpload.landed(blob, upload.version())) {
            case Result.Accepted<Optional<CopyId>>(var copy) ->
                new Outcome(copy.map(CopyId::value).orElse(null));
            case Result.Rejected<Optional<CopyId>>(var violations) -> {
                // Nobody waits for an answer, and trying again would not help: the owner finds this by the key.
                violations.forEach(violation ->
                        LOG.log(System.Logger.Level.WARNING, blob + " is not imported: " + violation.detail()));
                yield new Outcome(null);
            }
        };
    }
}
