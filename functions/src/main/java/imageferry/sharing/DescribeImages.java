package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Listing.Part;
import imageferry.ledger.Condition;
import imageferry.ledger.Key;
import imageferry.ledger.Query;
import imageferry.ledger.Selection;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rule 12: lists show only images that the caller may see.
 *
 * <p>A page takes at most two reads of the table, or one for each of three lists that are read as one. Where entries must be
 * examined one by one (tags; a family within a list by name) it takes at most nine.
 */
public final class DescribeImages {
    private static final int READS = 2;
    private static final int READS_EXAMINING = 9;
    private static final int LISTS_OF_ALL = 3;

    private final ImageLists lists;
    private final VisibleImages visible;
    private final Regions regions;

    public DescribeImages(Images images, Shares shares, VisibleImages visible, Regions regions) {
        this.lists = new ImageLists(images, shares);
        this.visible = visible;
        this.regions = regions;
    }

    /** The owners to select images of. */
    public enum Whose {
        SELF,
        SHARED,
        PUBLIC,
        ALL
    }

    /**
     * The filter of a list of images.
     *
     * @param region null for all regions
     * @param status a status's word, or {@code all}
     * @param namePrefix empty for any name
     * @param tags all of which an image must have
     */
    public record Filter(
            Whose whose,
            @Nullable String region,
            String status,
            String namePrefix,
            @Nullable String family,
            Map<String, String> tags) {
        private Selection selection() {
            var tagged = tags.entrySet().stream()
                    .<Condition>map(tag -> new Condition.EntryIs("tags", tag.getKey(), tag.getValue()))
                    .toArray(Condition[]::new);
            var wanted = status.equals("all") ? null : status;
            return new Selection(region, wanted, family, namePrefix, Condition.all(tagged));
        }

        /**
         * Returns the owners to select: only the caller for an unusable status, as no other account sees such images.
         */
        private Whose lists() {
            return whose == Whose.ALL
                            && !status.equals("all")
                            && !ImageStatus.of(status).usable()
                    ? Whose.SELF
                    : whose;
        }

        private int reads() {
            var most = selection().examines() ? READS_EXAMINING : READS;
            return lists() == Whose.ALL ? Math.max(1, most / LISTS_OF_ALL) : most;
        }
    }

    public Result<Seen> find(Caller caller, String imageId) {
        return visible.find(caller, imageId);
    }

    /**
     * One page of images. They are ordered by name when the beginning of a name is asked for, otherwise newest first. The order
     * is that of creation, so a page changes only by a change of the filtered fields. A page is full while there are more,
     * unless the limit of examined entries was reached.
     */
    public Result<Listing> list(Caller caller, Filter filter, int limit, Query.@Nullable Position after) {
        return Optional.ofNullable(filter.region())
                .flatMap(regions::requiresEnabled)
                .map(unknown -> Result.<Listing>rejected(List.of(unknown)))
                .orElseGet(() -> Result.accepted(selected(caller.account(), filter, limit, after)));
    }

    private Listing selected(AccountId account, Filter filter, int limit, Query.@Nullable Position after) {
        var part = new Part(filter.selection(), limit, filter.reads(), after == null ? null : after.sortValue());
        var listing = lists.read(account, filter.lists(), part);
        return new Listing(
                listing.entries().stream()
                        .map(entry -> new Seen(entry.image(), account, entry.since()))
                        .toList(),
                listing.next() == null ? null : position(listing.next()),
                filter.lists() == Whose.ALL);
    }

    /** A place in the order of images, which is that of no item: the image there may be on another list, or gone. */
    private static Query.Position position(String place) {
        return new Query.Position(new Key("IMAGES", place), place);
    }

    /**
     * Some images of a list and where to go on.
     *
     * @param merged whether it is of three lists, each of which was read
     */
    public record Listing(List<Seen> images, Query.@Nullable Position next, boolean merged) {
        public Listing {
            images = List.copyOf(images);
        }
    }
}
