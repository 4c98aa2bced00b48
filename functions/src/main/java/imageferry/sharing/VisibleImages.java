package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.id.ImageId;
import imageferry.image.Category;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rule 12: no account learns of another's image. One that is neither own, shared nor public is not found. */
public final class VisibleImages {
    private final Images images;
    private final Shares shares;

    public VisibleImages(Images images, Shares shares) {
        this.images = images;
        this.shares = shares;
    }

    /** The image, if the caller may see it. */
    public Result<Seen> find(Caller caller, String id) {
        return Optional.of(id)
                .filter(ImageId::isOne)
                .map(ImageId::new)
                .flatMap(images::find)
                .flatMap(image -> seen(image, caller.account()))
                .<Result<Seen>>map(Result::accepted)
                .orElseGet(() -> missing(id));
    }

    /** The image, if it is the caller's own. Other callers who see it receive the refusal that only the owner may. */
    public Result<Image> owned(Caller caller, String id) {
        return find(caller, id)
                .then(seen -> seen.image().ownedBy(caller.account())
                        ? Result.accepted(seen.image())
                        : Result.rejected(
                                Code.NOT_OWNER,
                                "imageId",
                                id,
                                "Image " + id + " belongs to another account; " + caller.account()
                                        + " may use it but not change it"));
    }

    /** The image, for internal use, unless it is being deleted. */
    public Optional<Image> existing(ImageId id) {
        return images.find(id).filter(image -> image.status() != ImageStatus.DELETING);
    }

    /** Returns an image as an account sees it; empty when it does not see it. */
    private Optional<Seen> seen(Image image, AccountId account) {
        if (image.status() == ImageStatus.DELETING) {
            return Optional.empty();
        }
        if (image.status() == ImageStatus.RECYCLED && !image.ownedBy(account)) {
            return Optional.empty();
        }
        return image.ownedBy(account) || image.published()
                ? Optional.of(new Seen(image, account, null))
                : shares.find(image.id(), account).map(share -> new Seen(image, account, share.since()));
    }

    /** The refusal for an image that the caller does not see or that does not exist. */
    public static <T> Result<T> missing(String id) {
        return Result.rejected(
                Code.IMAGE_NOT_FOUND,
                "imageId",
                id,
                "There is no image " + id
                        + " among your own, those shared with you and the public ones; GET /images lists them");
    }

    /**
     * An image and the account that looks at it.
     *
     * @param sharedSince set when it is seen by a share
     */
    public record Seen(
            Image image, AccountId viewer, @Nullable Instant sharedSince) {
        /** An image as its owner sees it. */
        public static Seen own(Image image) {
            return new Seen(image, image.owner(), null);
        }

        /** Returns the reason why the viewer sees the image. */
        public Category category() {
            return image.category(viewer);
        }

        public boolean byOwner() {
            return image.ownedBy(viewer);
        }
    }
}
