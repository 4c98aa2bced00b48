package imageferry.image;

import imageferry.id.ImageId;
import imageferry.ledger.Item;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import java.util.List;
import java.util.Optional;

/**
 * Some entries of a list of images, newest image first; every list of images is in this one order.
 *
 * @param next the place of the last entry; empty when there are no more
 */
public record Listing(List<Entry> entries, Optional<String> next) {
    public Listing {
        entries = List.copyOf(entries);
    }

    /** @param order the image's {@link Image#listOrder} */
    public record Entry(ImageId image, String order) {}

    /** A page of items that name an image and lie in the order of images. */
    public static Listing of(Page page, Query.Index index) {
        return new Listing(
                page.items().stream().map(item -> entry(item, index)).toList(),
                page.next().map(Query.Position::sortValue));
    }

    private static Entry entry(Item item, Query.Index index) {
        return new Entry(new ImageId(item.text("imageId")), item.text(index.sortAttribute()));
    }
}
