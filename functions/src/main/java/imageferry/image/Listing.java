package imageferry.image;

import imageferry.id.ImageId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Selection;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a list of images in its order, from the index: the latest changes may be missing.
 *
 * @param next the position to continue the list; null when there are no more
 */
public record Listing(List<Entry> entries, @Nullable String next) {
    public Listing {
        entries = List.copyOf(entries);
    }

    /**
     * An image on a list.
     *
     * @param since when it was shared with the account that lists it; null if it was not
     * @param place in the order of the list; the same for an image on every list that is selected alike
     */
    public record Entry(Image image, @Nullable Instant since, String place) {}

    /**
     * The part of a list to read.
     *
     * @param limit at most this many entries, 1–1,000
     * @param reads at most this many reads of the table; a list may then have fewer entries although there are more
     * @param after a place; the list begins behind it; null for the first part
     */
    public record Part(
            Selection selection,
            int limit,
            int reads,
            @Nullable String after) {
        public static Part first(Selection selection, int limit, int reads) {
            return new Part(selection, limit, reads, null);
        }
    }

    /** @param key of the entry that an image has in this list */
    public static Listing read(Ledger ledger, String list, Part part, Function<ImageId, Key> key) {
        var query = part.selection().query(list, part.limit()).reads(part.reads());
        var after = part.after();
        var page =
                ledger.query(after == null ? query : query.after(new Query.Position(key.apply(imageAt(after)), after)));
        var place = query.index().sortAttribute();
        return new Listing(
                page.items().stream().map(item -> entry(item, place)).toList(),
                page.next() == null ? null : page.next().sortValue());
    }

    private static Entry entry(Item item, String place) {
        return new Entry(ImageRecord.image(item), item.maybeInstant("since").orElse(null), item.text(place));
    }

    /** Returns the image's id, with which every order of images ends. */
    private static ImageId imageAt(String place) {
        return new ImageId(place.substring(place.lastIndexOf('#') + 1));
    }
}
