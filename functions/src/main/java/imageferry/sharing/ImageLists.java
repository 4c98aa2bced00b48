package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.image.Images;
import imageferry.image.Listing;
import imageferry.image.Listing.Entry;
import imageferry.image.Listing.Part;
import imageferry.ledger.Query;
import imageferry.sharing.DescribeImages.Whose;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The lists of own, shared and public images, read side by side as one: in one order, and no image twice. */
record ImageLists(Images images, Shares shares) {
    /** Returns some of the images that an account sees; maybe none although there are more. */
    Listing read(AccountId account, Whose whose, Part part) {
        return merged(lists(account, whose, part), part);
    }

    /** An image on several lists is shown as the first of them has it. */
    private List<Listing> lists(AccountId account, Whose whose, Part part) {
        return switch (whose) {
            case SELF -> List.of(images.ownedBy(account, part));
            case SHARED -> List.of(shares.with(account, part));
            case PUBLIC -> List.of(images.published(part));
            case ALL -> List.of(images.ownedBy(account, part), images.published(part), shares.with(account, part));
        };
    }

    /** Ends at the first cut of a list, as entries beyond it may be missing. */
    private static Listing merged(List<Listing> lists, Part part) {
        var order = order(part);
        var end = lists.stream().flatMap(list -> Stream.ofNullable(list.next())).min(order);
        var inOrder = new TreeMap<String, Entry>(order);
        lists.stream()
                .flatMap(list -> list.entries().stream())
                .filter(entry -> end.isEmpty() || order.compare(entry.place(), end.get()) <= 0)
                .forEach(entry -> inOrder.putIfAbsent(entry.place(), entry));
        var entries = List.copyOf(inOrder.values());
        if (entries.size() <= part.limit()) {
            return new Listing(entries, end.orElse(null));
        }
        var kept = entries.subList(0, part.limit());
        return new Listing(kept, kept.getLast().place());
    }

    private static Comparator<String> order(Part part) {
        return part.selection().byName() ? Query.ORDER : Query.ORDER.reversed();
    }
}
