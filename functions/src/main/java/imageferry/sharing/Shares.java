package imageferry.sharing;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.exists;
import static imageferry.ledger.Condition.is;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Listing;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shares of every image, and the writes that give and take them. */
public final class Shares {
    private static final String SHARE = "SHARE#";

    private final Ledger ledger;

    public Shares(Ledger ledger) {
        this.ledger = ledger;
    }

    public Optional<Share> find(ImageId image, AccountId account) {
        return ledger.read(key(image, account)).map(Shares::share);
    }

    /** The accounts that an image is shared with; the quota keeps them few. */
    public List<Share> of(ImageId image) {
        return ledger.query(Query.partition("IMAGE#" + image, SHARE, 1_000)).items().stream()
                .map(Shares::share)
                .toList();
    }

    /** Those of the images' shares that an account has, by image; at most 100 images. */
    public Map<ImageId, Share> find(Collection<ImageId> images, AccountId account) {
        return ledger.read(images.stream().map(image -> key(image, account)).toList()).values().stream()
                .map(Shares::share)
                .collect(toMap(Share::image, identity()));
    }

    /** Some of the images that are shared with an account in a region. */
    public Listing with(AccountId account, Region region, int limit, Optional<String> after) {
        var query = Query.newestFirst(Query.Index.LISTS, listOf(account, region), limit);
        return Listing.of(ledger.query(after.map(query::before).orElse(query)), Query.Index.LISTS);
    }

    static Write given(Image image, AccountId account, String by, Instant now) {
        return Write.create(
                key(image.id(), account),
                Item.empty()
                        .with("imageId", image.id())
                        .with("account", account)
                        .with("since", now)
                        .with("by", by)
                        .with("list", listOf(account, image.region()))
                        .with("listOrder", image.listOrder()));
    }

    /** Rule 9: an available image has at most so many shares; one more is refused, never cut. */
    static Write counted(Image image, long limit) {
        return Write.update(
                Images.key(image.id()),
                all(
                        is("status", ImageStatus.AVAILABLE),
                        is("publication", Image.Publication.PRIVATE),
                        new Condition.LessThan("shareCount", limit)),
                Change.add("shareCount", 1));
    }

    static Write taken(ImageId image, AccountId account) {
        return Write.delete(key(image, account), exists());
    }

    static Write uncounted(ImageId image) {
        return Write.update(Images.key(image), exists(), Change.add("shareCount", -1));
    }

    /** What a user without ownership stands on: the share must still be there when the use begins. */
    public static Write held(ImageId image, AccountId account) {
        return Write.check(key(image, account), exists());
    }

    /** Removes a share of an image that is going away itself. */
    public static Write dropped(Share share) {
        return Write.delete(key(share.image(), share.account()));
    }

    private static Key key(ImageId image, AccountId account) {
        return new Key("IMAGE#" + image, SHARE + account);
    }

    private static String listOf(AccountId account, Region region) {
        return "SHARED#" + account + "#" + region;
    }

    private static Share share(Item item) {
        return new Share(
                new ImageId(item.text("imageId")),
                new AccountId(item.text("account")),
                item.instant("since"),
                item.maybeText("by").orElse(null));
    }
}
