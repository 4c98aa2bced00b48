package imageferry.sharing;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.exists;
import static imageferry.ledger.Condition.is;

import imageferry.account.AccountId;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.ImageRecord;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Listing;
import imageferry.image.Removal;
import imageferry.image.Revision;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.time.Instant;
import java.util.List;
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

    /** Some of the images that are shared with an account and not offered to everybody. */
    public Listing with(AccountId account, Listing.Part part) {
        return Listing.read(ledger, listOf(account), part, image -> key(image, account));
    }

    /** The share holds a copy of the image's fields, so that the account's list is one read. */
    static Write given(Image image, AccountId account, String by, Instant now) {
        return Write.create(
                key(image.id(), account),
                Images.entry(listOf(account), image)
                        .with("account", account)
                        .with("since", now)
                        .with("by", by));
    }

    /**
     * Rule 9: an available image has at most {@code limit} shares; one more is refused, never cut. The image must be as it was
     * read, since the share carries that.
     */
    static Write counted(Image image, long limit) {
        return Write.update(
                Images.key(image.id()),
                all(
                        is(ImageRecord.STATUS, ImageStatus.AVAILABLE),
                        is(ImageRecord.PUBLICATION, Image.Publication.PRIVATE),
                        new Condition.NumberIs("revision", image.uses().revision()),
                        new Condition.LessThan("shareCount", limit)),
                Change.add(ImageRecord.SHARE_COUNT, 1));
    }

    /** The changes of a share that follow a change of its image, in the same transaction. */
    public static Write revised(Share share, Revision revision) {
        return revision.revisedEntry(key(share.image(), share.account()), listOf(share.account()));
    }

    static Write taken(ImageId image, AccountId account) {
        return Write.delete(key(image, account), exists());
    }

    static Write uncounted(ImageId image) {
        return Write.update(Images.key(image), exists(), Change.add(ImageRecord.SHARE_COUNT, -1));
    }

    /** The right of a user who is not the owner: the share must still exist when the use begins. */
    public static Write held(ImageId image, AccountId account) {
        return Write.check(key(image, account), exists());
    }

    /** Removes a share of an image that is going away itself, in the same transaction. */
    public static Write dropped(Share share) {
        return Write.delete(key(share.image(), share.account()), exists());
    }

    /** Hides a share of an image that goes into the bin, in the same transaction. */
    public static Write hidden(Share share) {
        return Removal.entryHidden(key(share.image(), share.account()));
    }

    /** Shows a share of an image that is restored, in the same transaction. */
    public static Write restored(Share share, Image image) {
        return Removal.entryRestored(key(share.image(), share.account()), listOf(share.account()), image);
    }

    private static Key key(ImageId image, AccountId account) {
        return new Key("IMAGE#" + image, SHARE + account);
    }

    private static String listOf(AccountId account) {
        return "SHARED#" + account;
    }

    private static Share share(Item item) {
        return new Share(
                new ImageId(item.text("imageId")),
                new AccountId(item.text("account")),
                item.instant("since"),
                item.maybeText("by").orElse(null));
    }
}
