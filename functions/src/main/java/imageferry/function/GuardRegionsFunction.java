package imageferry.function;

import static java.util.stream.Collectors.joining;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.ending.ImagesOfRegion;
import imageferry.function.edge.StackReply;
import imageferry.function.event.StackAnswer;
import imageferry.function.event.StackRequest;
import imageferry.id.ImageId;
import imageferry.region.Region;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Lets CloudFormation take a region out of the stack, or remove the stack, only when no image is lost with it. */
public final class GuardRegionsFunction implements RequestHandler<StackRequest, StackAnswer> {
    private static final System.Logger LOG = System.getLogger(GuardRegionsFunction.class.getName());
    /**
     * The maximum number of named images in all regions together: CloudFormation takes 4 KiB, which holds 50 ids and a
     * clause for each region.
     */
    private static final int NAMED = 50;

    /** The maximum number of named objects for each region. */
    private static final int NAMED_UNKNOWN = 3;

    private static final int REGIONS_WITH_UNKNOWN = 5;

    private final ImagesOfRegion imagesOfRegion;
    private final InstantSource clock;

    public GuardRegionsFunction() {
        this(App.current().forEvents());
    }

    GuardRegionsFunction(EventWiring wiring) {
        this.imagesOfRegion = wiring.imagesOfRegion();
        this.clock = wiring.app().clock();
    }

    @Override
    public StackAnswer handleRequest(StackRequest request, Context context) {
        var answer = answer(request);
        LOG.log(Level.INFO, request.type() + ": " + answer.status());
        Optional.ofNullable(request.responseUrl()).map(URI::create).ifPresent(link -> StackReply.put(link, answer));
        return answer;
    }

    private StackAnswer answer(StackRequest request) {
        try {
            var reasons = Stream.of(held(request.regionsGivenUp()), unknown(request.regionsGivenUp()))
                    .filter(reason -> !reason.isEmpty())
                    .toList();
            return reasons.isEmpty() ? StackAnswer.yes(request) : StackAnswer.no(request, String.join(" ", reasons));
        } catch (RuntimeException e) {
            // Unanswered, CloudFormation would wait, and then not know why.
            LOG.log(Level.ERROR, "The images of the regions could not be found out", e);
            return StackAnswer.no(request, "The images of the regions could not be found out; see this function's log");
        }
    }

    private String held(List<Region> regions) {
        var sentences = new ArrayList<String>();
        var left = NAMED;
        for (var region : regions) {
            var images = imagesOfRegion.find(region, clock.instant());
            if (!images.isEmpty()) {
                var inBin = imagesOfRegion.inBin(images);
                sentences.add(region + " still has " + inWords(images, left)
                        + (inBin == 0 ? "" : " (" + inBin + " in the bin, to be purged)"));
                left = Math.max(0, left - images.size());
            }
        }
        return sentences.isEmpty() ? "" : String.join("; ", sentences) + ". Delete them, or copy them elsewhere first.";
    }

    /** A table that was emptied or restored knows less than the bucket, so its list of images proves nothing. */
    private String unknown(List<Region> regions) {
        var sentences = regions.stream()
                .map(this::unknown)
                .flatMap(Optional::stream)
                .limit(REGIONS_WITH_UNKNOWN)
                .collect(joining("; "));
        return sentences.isEmpty() ? "" : sentences + ". Find out whose they are first.";
    }

    private Optional<String> unknown(Region region) {
        var unknown = imagesOfRegion.unknown(region);
        var named = unknown.stream().limit(NAMED_UNKNOWN).map(Blob::key).collect(joining(", "));
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("The bucket of %s has %s that the table does not know, for example %s"
                        .formatted(region, Count.of(unknown.size(), "object"), named));
    }

    private static String inWords(SortedSet<ImageId> images, int most) {
        if (most == 0) {
            return Count.of(images.size(), "image");
        }
        var named = images.stream().limit(most).map(ImageId::value).collect(joining(", "));
        return images.size() <= most ? named : named + " and " + (images.size() - most) + " more";
    }
}
