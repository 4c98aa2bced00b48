package imageferry.sharing;

import static imageferry.ledger.Query.ORDER;

import imageferry.account.AccountId;
import imageferry.image.Images;
import imageferry.image.Listing;
import imageferry.image.Listing.Entry;
import imageferry.region.Region;
import imageferry.sharing.DescribeImages.Whose;
import imageferry.sharing.VisibleImages.Seen;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The lists of a region, own, shared and public images, read side by side as one: newest image first, none twice. */
final class ImageLists {
    /** So many entries are looked at together; as many as can be read at once. */
    private static final int STRETCH = 100;

    private final Images images;
    private final Shares shares;
    private final VisibleImages visible;

    ImageLists(Images images, Shares shares, VisibleImages visible) {
        this.images = images;
        this.shares = shares;
        this.visible = visible;
    }

    /** What an account sees of the next entries after that place; maybe nothing, though there are more. */
    Stretch read(AccountId account, Region region, Whose whose, Optional<String> after) {
        var merged = merged(lists(account, region, whose, after));
        var found = images.find(merged.entries().stream().map(Entry::image).toList());
        return new Stretch(
                visible.seen(found, account).stream().filter(whose::includes).toList(), merged.next());
    }

    private List<Listing> lists(AccountId account, Region region, Whose whose, Optional<String> after) {
        Supplier<Listing> own = () -> images.ownedBy(account, region, STRETCH, after);
        Supplier<Listing> shared = () -> shares.with(account, region, STRETCH, after);
        Supplier<Listing> published = () -> images.published(region, STRETCH, after);
        return switch (whose) {
            case SELF -> List.of(own.get());
            case SHARED -> List.of(shared.get());
            case PUBLIC -> List.of(published.get());
            case ALL -> List.of(own.get(), shared.get(), published.get());
        };
    }

    /** Ends where the first of the lists was cut: beyond that, entries may be missing that belong in between. */
    private static Listing merged(List<Listing> lists) {
        var end = lists.stream().flatMap(list -> list.next().stream()).max(ORDER);
        var inOrder = new TreeMap<String, Entry>(ORDER.reversed());
        lists.stream()
                .flatMap(list -> list.entries().stream())
                .filter(entry -> end.isEmpty() || ORDER.compare(entry.order(), end.get()) >= 0)
                .forEach(entry -> inOrder.put(entry.order(), entry));
        var entries = List.copyOf(inOrder.values());
        return entries.size() <= STRETCH
                ? new Listing(entries, end)
                : new Listing(
                        entries.subList(0, STRETCH),
                        Optional.of(entries.get(STRETCH - 1).order()));
    }

    /**
     * Some images that one account sees.
     *
     * @param end where to go on; empty when there are no more
     */
    record Stretch(List<Seen> images, Optional<String> end) {}
}
