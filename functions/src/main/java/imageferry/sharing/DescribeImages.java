package imageferry.sharing;

import imageferry.account.Caller;
import imageferry.image.Category;
import imageferry.image.Images;
import imageferry.ledger.Key;
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
    /** Stretches of a list that one call looks through before it lets the caller ask again. */
    private static final int PATIENCE = 10;

    private final ImageLists lists;
    private final VisibleImages visible;
    private final Regions regions;

    public DescribeImages(Images images, Shares shares, VisibleImages visible, Regions regions) {
        this.lists = new ImageLists(images, shares, visible);
        this.visible = visible;
        this.regions = regions;
    }

    /** Whose images are asked for. */
    public enum Whose {
        SELF,
        SHARED,
        PUBLIC,
        ALL;

        /** An image that everybody sees counts as public, whoever it is shared with, too. */
        boolean includes(Seen seen) {
            return switch (this) {
                case SELF, ALL -> true;
                case SHARED -> seen.category() == Category.SHARED;
                case PUBLIC -> seen.image().published();
            };
        }
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

    /**
     * Some of the images, newest first, whosever they are. Ordered by their creation, so that no change of an image moves
     * it from one page to another. A page is full while there are more, unless so many images were looked through for
     * it that the caller had better ask again.
     */
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
        var found = new ArrayList<Seen>();
        var place = after.map(Query.Position::sortValue);
        for (var i = 0; i < PATIENCE; i++) {
            var stretch = lists.read(caller.account(), region, filter.whose(), place);
            stretch.images().stream().filter(filter::lets).forEach(found::add);
            if (found.size() > limit) {
                var page = found.subList(0, limit);
                return new Listing(page, position(page.getLast().image().listOrder()));
            }
            if (stretch.end().isEmpty()) {
                return new Listing(found, Optional.empty());
            }
            place = stretch.end();
        }
        return new Listing(found, place.flatMap(DescribeImages::position));
    }

    /** A place in the order of images, which is that of no item: the image there may be on another list, or gone. */
    private static Optional<Query.Position> position(String order) {
        return Optional.of(new Query.Position(new Key("IMAGES", order), order));
    }

    /** Some images of a list and where to go on. */
    public record Listing(List<Seen> images, Optional<Query.Position> next) {
        public Listing {
            images = List.copyOf(images);
        }
    }
}
