package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.ending.ImagesOfRegion;
import imageferry.copying.ending.SweepOrphans;
import imageferry.function.event.BucketAnswer;
import imageferry.function.event.BucketRequest;
import imageferry.ownership.Ownership;
import imageferry.region.Region;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import imageferry.snapshot.StoredBlob;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;

/** Does for {@code ./stacks} what needs the operator's decision: releases orphans, and adopts a bucket. */
public final class ManageBucketFunction implements RequestHandler<BucketRequest, BucketAnswer> {
    private static final System.Logger LOG = System.getLogger(ManageBucketFunction.class.getName());
    private static final int SHOWN = 1_000;

    private final Ownership ownership;
    private final SweepOrphans orphans;
    private final ImagesOfRegion imagesOfRegion;
    private final InstantSource clock;

    public ManageBucketFunction() {
        this(App.current().forEvents());
    }

    ManageBucketFunction(EventWiring wiring) {
        this.ownership = wiring.app().ownership();
        this.orphans = wiring.sweepOrphans();
        this.imagesOfRegion = wiring.imagesOfRegion();
        this.clock = wiring.app().clock();
    }

    @Override
    public BucketAnswer handleRequest(BucketRequest request, Context context) {
        var region = new Region(request.region());
        var answer = switch (request.operation()) {
            case "orphans" -> orphans(region, request);
            case "adopt" -> adopt(region, request);
            default -> throw new IllegalArgumentException("There is no operation \"" + request.operation() + "\"");
        };
        LOG.log(Level.INFO, () -> request + ": " + answer.message());
        return answer;
    }

    private BucketAnswer orphans(Region region, BucketRequest request) {
        var refusal = ownership.refusal(region);
        if (refusal.isPresent()) {
            return new BucketAnswer(false, 0, refusal.get(), List.of());
        }
        var found = orphans.found(region, clock.instant());
        var done = isConfirmed(request, found.size());
        if (done) {
            orphans.confirm(found, clock.instant());
        }
        var message = Count.of(found.size(), "snapshot") + " in " + region + " without an image in the table"
                + (done ? " will be deleted in 7 days" : found.isEmpty() ? "" : next(region, request, found.size()));
        return answer(done, found, message);
    }

    /** Refused while the bucket has objects that this table does not know: they may be another installation's. */
    private BucketAnswer adopt(Region region, BucketRequest request) {
        var unknown = imagesOfRegion.unknown(region);
        if (!unknown.isEmpty()) {
            return answer(
                    false,
                    unknown,
                    "The bucket of " + region + " has " + Count.of(unknown.size(), "object")
                            + " that the table does not know. Find out whose they are, and delete or move them first");
        }
        var snapshots = ownership.store().list(region, Blob.SNAPSHOTS).stream()
                .map(StoredBlob::blob)
                .toList();
        var done = isConfirmed(request, snapshots.size());
        if (done) {
            ownership.adopt(region);
        }
        var message = "The bucket of " + region + " has " + Count.of(snapshots.size(), "snapshot")
                + (done
                        ? " and belongs to this installation now"
                        : " and its owner is: " + ownership.of(region) + next(region, request, snapshots.size()));
        return answer(done, snapshots, message);
    }

    private static boolean isConfirmed(BucketRequest request, int count) {
        return request.count() != null && request.count() == count;
    }

    private static String next(Region region, BucketRequest request, int count) {
        var changed = request.count() == null ? "" : ", not " + request.count();
        return changed + ". To confirm, run ./stacks " + request.operation() + " " + region + " --confirm " + count;
    }

    private static BucketAnswer answer(boolean done, List<Blob> blobs, String message) {
        var keys = blobs.stream().limit(SHOWN).map(Blob::key).toList();
        return new BucketAnswer(done, blobs.size(), message, keys);
    }
}
