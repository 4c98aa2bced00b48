package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.bucket.AdoptBucket;
import imageferry.bucket.ConfirmRestore;
import imageferry.bucket.Confirmation;
import imageferry.bucket.ReleaseOrphans;
import imageferry.function.event.BucketAnswer;
import imageferry.function.event.BucketRequest;
import imageferry.region.Region;
import java.lang.System.Logger.Level;

/** Does for {@code ./stacks} what needs the operator's decision. */
public final class ManageBucketFunction implements RequestHandler<BucketRequest, BucketAnswer> {
    private static final System.Logger LOG = System.getLogger(ManageBucketFunction.class.getName());

    private final ReleaseOrphans releasing;
    private final AdoptBucket adopting;
    private final ConfirmRestore restoring;

    public ManageBucketFunction() {
        this(App.current().forEvents());
    }

    ManageBucketFunction(EventWiring wiring) {
        this.releasing = wiring.releaseOrphans();
        this.adopting = wiring.adoptBucket();
        this.restoring = wiring.confirmRestore();
    }

    @Override
    public BucketAnswer handleRequest(BucketRequest request, Context context) {
        var region = new Region(request.region());
        var decision = switch (request.operation()) {
            case "orphans" -> releasing.release(region, confirmation(request, " " + region));
            case "adopt" -> adopting.adopt(region, confirmation(request, " " + region));
            case "restore" -> restoring.confirm(confirmation(request, ""));
            default -> throw new IllegalArgumentException("There is no operation \"" + request.operation() + "\"");
        };
        LOG.log(Level.INFO, () -> request + ": " + decision.message());
        return BucketAnswer.of(decision);
    }

    private static Confirmation confirmation(BucketRequest request, String arguments) {
        return new Confirmation(request.operation() + arguments, request.count());
    }
}
