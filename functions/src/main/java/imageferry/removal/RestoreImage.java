package imageferry.removal;

import imageferry.account.Caller;
import imageferry.id.ImageId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Idempotent;
import imageferry.idempotency.Requests;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.image.Removal;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.sharing.VisibleImages.Seen;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restores an image from the bin: its former status, its shares, and its former or another name, in one transaction. */
public record RestoreImage(
        Removals removals, VisibleImages visible, RestorePolicies policies, Requests requests, InstantSource clock) {
    private static final String OPERATION = "RestoreImage";

    /**
     * Restores the caller's own image.
     *
     * @param name its new name; null for its former one
     */
    public Result<Seen> restore(Caller caller, String imageId, @Nullable ImageName name, @Nullable ClientToken token) {
        var once = new Idempotent<>(requests, caller.account(), OPERATION, token, ImageId::new, clock);
        return once.orElse(() -> restore(caller, imageId, name, once, new Tries()))
                .then(id -> visible.find(caller, id.value()));
    }

    private Result<ImageId> restore(
            Caller caller, String imageId, @Nullable ImageName name, Idempotent<ImageId> once, Tries tries) {
        return visible.owned(caller, imageId).then(before -> {
            var bin = before.bin();
            if (before.status() != ImageStatus.RECYCLED || bin.isEmpty()) {
                return notInBin(before);
            }
            var after = before.restored(bin.get(), name == null ? before.name() : name);
            var violations = policies.violations(after);
            if (!violations.isEmpty()) {
                return Result.rejected(violations);
            }
            tries.next("Image " + imageId, "restored");
            return restored(caller, before, after, once)
                    ? Result.accepted(after.id())
                    : once.earlier().orElseGet(() -> restore(caller, imageId, name, once, tries));
        });
    }

    /** Returns false when the image changed since it was read, its name is taken, or its owner has no room. */
    private boolean restored(Caller caller, Image before, Image after, Idempotent<ImageId> once) {
        var now = clock.instant();
        var contested = new ArrayList<Write>(once.remembered(after.id(), now));
        contested.add(Images.nameReserved(after));
        contested.add(Quota.restored(after.owner(), after.region(), policies.mostImages()));
        return removals.committed(
                before,
                Removal.restored(before, after, caller.arn(), now),
                share -> Shares.restored(share, after),
                List.of(),
                contested);
    }

    private static <T> Result<T> notInBin(Image image) {
        return Result.rejected(
                Code.INCORRECT_IMAGE_STATUS,
                "imageId",
                image.id(),
                "Image " + image.id() + " is " + image.status()
                        + " and not in the bin; GET /images?status=Recycled lists the images that can be restored");
    }
}
