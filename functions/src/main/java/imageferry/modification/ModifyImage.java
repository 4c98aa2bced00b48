package imageferry.modification;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.RunningCopies;
import imageferry.image.Images;
import imageferry.image.Revision;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.sharing.Shares;
import imageferry.sharing.VisibleImages;
import imageferry.sharing.VisibleImages.Seen;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * ModifyImage: changes an image's name, labels, status, protection or publication; its bytes never change. All changes
 * happen, or none.
 */
public final class ModifyImage {
    private final Ledger ledger;
    private final Shares shares;
    private final VisibleImages visible;
    private final ModificationPolicies policies;
    private final InstantSource clock;

    public ModifyImage(
            Ledger ledger, Images images, Shares shares, VisibleImages visible, Copies copies, InstantSource clock) {
        this.ledger = ledger;
        this.shares = shares;
        this.visible = visible;
        this.policies = new ModificationPolicies(images, new RunningCopies(copies));
        this.clock = clock;
    }

    /** Returns the image after the request; a request for its present values changes nothing. */
    public Result<Seen> modify(Caller caller, String imageId, Modification modification) {
        return modify(caller, imageId, modification, new Tries());
    }

    private Result<Seen> modify(Caller caller, String imageId, Modification modification, Tries tries) {
        return visible.find(caller, imageId).then(seen -> {
            var violations = policies.violations(caller, seen.image(), modification);
            if (!violations.isEmpty()) {
                return Result.rejected(violations);
            }
            tries.next("Image " + imageId, "changed");
            var revision = modification.of(seen.image());
            return revision.changesNothing() || committed(caller, revision)
                    ? Result.accepted(Seen.own(revision.kept()))
                    : modify(caller, imageId, modification, tries);
        });
    }

    /**
     * Returns false when others changed the image or its shares, or took the name, so that everything is to be checked
     * again.
     */
    private boolean committed(Caller caller, Revision revision) {
        var revised = revision.revised(caller.arn(), clock.instant());
        var writes = new ArrayList<Write>(List.of(revised));
        writes.addAll(revision.besides());
        var image = revision.before();
        var shared = image.uses().shareCount() == 0
                ? List.<Write>of()
                : shares.of(image.id()).stream()
                        .map(share -> Shares.revised(share, revision))
                        .toList();
        writes.addAll(shared);
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> true;
            case Commit.Refused refused
            when refused.of(revised)
                    || refused.of(Images.nameReserved(revision.after()))
                    || shared.stream().anyMatch(refused::of) -> false;
            case Commit.Refused refused ->
                throw new IllegalStateException(
                        "The records of " + revision.before().id() + " do not agree: " + refused);
        };
    }
}
