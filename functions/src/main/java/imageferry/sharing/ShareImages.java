package imageferry.sharing;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rule 9: an owner shares an available image with other accounts of its region, and takes that back. */
public final class ShareImages {
    private final Ledger ledger;
    private final Images images;
    private final Shares shares;
    private final VisibleImages visible;
    private final long limit;
    private final SharingPolicies policies;
    private final InstantSource clock;

    /** @param limit the maximum number of accounts that one image is shared with */
    public ShareImages(
            Ledger ledger, Images images, Shares shares, VisibleImages visible, long limit, InstantSource clock) {
        this.ledger = ledger;
        this.images = images;
        this.shares = shares;
        this.visible = visible;
        this.limit = limit;
        this.policies = new SharingPolicies(limit);
        this.clock = clock;
    }

    /** The accounts that the caller's image is shared with. */
    public Result<List<Share>> list(Caller caller, String imageId) {
        return visible.owned(caller, imageId).map(image -> shares.of(image.id()));
    }

    /** Shares; sharing with the same account again changes nothing. */
    public Result<Share> share(Caller caller, String imageId, String account) {
        return visible.owned(caller, imageId)
                .then(image -> share(image, account, caller.arn(), List.of(), new Tries()));
    }

    /**
     * Shares an image in the name of its owner, as a copy request asked for.
     *
     * @param by the principal that requested the copy
     * @param due is settled in the same transaction as the share; where it is settled already, nothing is shared again
     */
    public Result<Share> share(ImageId imageId, AccountId account, String by, Write due) {
        return share(imageId, account, by, List.of(due), new Tries());
    }

    private Result<Share> share(ImageId imageId, AccountId account, String by, List<Write> due, Tries tries) {
        return images.find(imageId)
                .filter(image -> image.status() != ImageStatus.DELETING)
                .map(image -> share(image, account.value(), by, due, tries))
                .orElseGet(() -> VisibleImages.missing(imageId.value()));
    }

    /**
     * Lets the transaction decide whether there is room. After a refusal, reads the image again to find the reason, or
     * to try again.
     */
    private Result<Share> share(Image image, String account, String by, List<Write> due, Tries tries) {
        var already = find(image, account);
        if (already.isPresent()) {
            if (!due.isEmpty()) {
                ledger.commit(due);
            }
            return Result.accepted(already.get());
        }
        var violations = policies.violations(image, account);
        var decided = !tries.isFirst() || !policies.leftToTheQuota(image, account);
        if (!violations.isEmpty() && decided) {
            return Result.rejected(violations);
        }
        tries.next("Image " + image.id(), "shared with " + account + "; nothing was shared");
        var share = new Share(image.id(), new AccountId(account), clock.instant(), by);
        var writes = new ArrayList<>(
                List.of(Shares.given(image, share.account(), by, share.since()), Shares.counted(image, limit)));
        writes.addAll(due);
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> Result.accepted(share);
            case Commit.Refused refused when due.stream().anyMatch(refused::of) -> Result.accepted(share);
            case Commit.Refused refused -> share(image.id(), share.account(), by, due, tries);
        };
    }

    private Optional<Share> find(Image image, String account) {
        return AccountId.isOne(account) ? shares.find(image.id(), new AccountId(account)) : Optional.empty();
    }

    /** Takes a share back; a recipient may give up their own. Instances that run keep running. */
    public Result<Share> unshare(Caller caller, String imageId, String account) {
        return visible.find(caller, imageId).then(seen -> {
            var image = seen.image();
            if (!image.ownedBy(caller.account()) && !caller.account().value().equals(account)) {
                return Result.rejected(
                        Code.NOT_OWNER,
                        "imageId",
                        imageId,
                        "Image " + imageId + " belongs to another account; " + caller.account()
                                + " may remove only its own share");
            }
            var share = find(image, account);
            if (share.isPresent()
                    && ledger.commit(List.of(
                                    Shares.taken(image.id(), share.get().account()), Shares.uncounted(image.id())))
                            .done()) {
                return Result.accepted(share.get());
            }
            return Result.rejected(
                    Code.SHARE_NOT_FOUND,
                    "accountId",
                    account,
                    "Image " + imageId + " is not shared with " + account + "; GET /images/" + imageId
                            + "/shares lists its shares");
        });
    }
}
