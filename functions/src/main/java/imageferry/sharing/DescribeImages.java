package imageferry.sharing;

import imageferry.account.Caller;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ledger.Moments;
import imageferry.ledger.Query;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rule 0: lists show the images of one region. Rule 12: and only those that the caller may see. */
public final class DescribeImages {
    /** Pages without any match that one call passes over before it lets the caller ask again. */
    private static final int PATIENCE = 10;

    private final Images images;
    private final Shares shares;
    private final VisibleImages visible;
    private final Regions regions;

    public DescribeImages(Images images, Shares shares, VisibleImages visible, Regions regions) {
        this.images = images;
        this.shares = shares;
        this.visible = visible;
        this.regions = regions;
    }

    /** Whose images are asked for. */
    public enum Whose {
        SELF,
        SHARED,
        PUBLIC,
        ALL
    }

    /**
     * Which images are asked for.
     *
     * @param status a status's word, or {@code all}
     * @param namePrefix empty for any name
     * @param tags all of which an image must have
     */
    public record Filter(
            Whose whose, String status, String namePrefix, Optional<String> family, Map<String, String> tags) {
        private boolean lets(Seen seen) {
            var image = seen.image();
            return (status.equals("all") || image.status().toString().equals(status))
                    && image.name().value().startsWith(namePrefix)
                    && family.map(wanted -> wanted.equals(image.labels().family()))
                            .orElse(true)
                    && image.labels().tags().entrySet().containsAll(tags.entrySet());
        }
    }

    public Result<Seen> find(Caller caller, String imageId) {
        return visible.find(caller, imageId);
    }

    /** Some of the images, newest first, own ones before shared ones; a page may be short and yet have a next one. */
    public Result<Listing> list(
            Caller caller, String region, Filter filter, int limit, Optional<Query.Position> after) {
        return regions.find(region)
                .<Result<Listing>>map(known -> Result.accepted(matching(caller, known, filter, limit, after)))
                .orElseGet(() -> Result.rejected(
                        Code.INVALID_REGION,
                        "region",
                        region,
                        "Region \"" + region + "\" is not enabled; choose one of " + regions.inWords()));
    }

    private Listing matching(Caller caller, Region region, Filter filter, int limit, Optional<Query.Position> after) {
        var page = page(caller, region, filter.whose(), limit, after);
        for (var i = 1; i < PATIENCE && page.next().isPresent() && !page.matches(filter); i++) {
            page = page(caller, region, filter.whose(), limit, page.next());
        }
        return new Listing(page.images().stream().filter(filter::lets).toList(), page.next());
    }

    private Listing page(Caller caller, Region region, Whose whose, int limit, Optional<Query.Position> after) {
        return switch (whose) {
            case SELF -> own(caller, region, limit, after);
            case SHARED -> shared(caller, region, limit, after);
            // Nothing can be published yet, so that no list of it is kept.
            case PUBLIC -> new Listing(List.of(), Optional.empty());
            case ALL -> all(caller, region, limit, after);
        };
    }

    private Listing all(Caller caller, Region region, int limit, Optional<Query.Position> after) {
        if (after.filter(Shares::isPlaceOfShare).isPresent()) {
            return shared(caller, region, limit, after);
        }
        var own = own(caller, region, limit, after);
        if (own.next().isPresent()) {
            return own;
        }
        if (own.images().size() == limit) {
            return new Listing(
                    own.images(), Optional.of(placeOf(own.images().getLast().image())));
        }
        var shared = shared(caller, region, limit - own.images().size(), Optional.empty());
        var both = new ArrayList<>(own.images());
        both.addAll(shared.images());
        return new Listing(both, shared.next());
    }

    private Listing own(Caller caller, Region region, int limit, Optional<Query.Position> after) {
        var page = images.list(caller.account(), region, limit, after);
        return seen(caller, page.images(), page.next());
    }

    private Listing shared(Caller caller, Region region, int limit, Optional<Query.Position> after) {
        var page = shares.with(caller.account(), region, limit, after);
        var found = images.find(page.shares().stream().map(Share::image).toList());
        return seen(caller, found, page.next());
    }

    private Listing seen(Caller caller, List<Image> found, Optional<Query.Position> next) {
        var seen = found.stream()
                .flatMap(image -> visible.seen(image, caller.account()).stream())
                .toList();
        return new Listing(seen, next);
    }

    private static Query.Position placeOf(Image image) {
        return new Query.Position(Images.key(image.id()), Moments.sortable(image.createdAt()) + "#" + image.id());
    }

    /** Some images of a list and where to go on. */
    public record Listing(List<Seen> images, Optional<Query.Position> next) {
        public Listing {
            images = List.copyOf(images);
        }

        private boolean matches(Filter filter) {
            return images.stream().anyMatch(filter::lets);
        }
    }
}
