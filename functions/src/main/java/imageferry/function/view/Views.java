package imageferry.function.view;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Progress;
import imageferry.copying.Queues;
import imageferry.copying.Reason;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.region.Region;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the views that need more than the record itself: how far a copy is, and where it stands in the queue. */
public final class Views {
    private final Images images;
    private final Copies copies;
    private final Progress progress;
    private final Queues queues;
    private final AccountId operator;
    private final InstantSource clock;

    /** @param operator who decides on tickets */
    public Views(
            Images images, Copies copies, Progress progress, Queues queues, AccountId operator, InstantSource clock) {
        this.images = images;
        this.copies = copies;
        this.progress = progress;
        this.queues = queues;
        this.operator = operator;
        this.clock = clock;
    }

    public CopyView copy(CopyId id) {
        return copy(copies.require(id));
    }

    public CopyView copy(Copy copy) {
        return copies(List.of(copy)).getFirst();
    }

    /** The copies' views; each region's queue is read once, however many of them wait in it. */
    public List<CopyView> copies(List<Copy> copies) {
        var lines = new HashMap<Region, Map<CopyId, Queues.Place>>();
        return copies.stream()
                .map(copy -> {
                    var line = queued(copy)
                            ? lines.computeIfAbsent(copy.region(), queues::of)
                            : Map.<CopyId, Queues.Place>of();
                    return CopyView.of(copy, motion(copy), line.get(copy.id()), reason(copy));
                })
                .toList();
    }

    /** What an import begins, as its owner sees it; a repeated request may come after its image was deleted. */
    public Result<Pages.Imported> imported(CopyId id) {
        var copy = copies.require(id);
        return images.find(copy.image())
                .filter(image -> image.status() != ImageStatus.DELETING)
                .map(image -> Result.accepted(new Pages.Imported(image(Seen.own(image)), copy(copy))))
                .orElseGet(() -> Result.rejected(
                        Code.IMAGE_NOT_FOUND,
                        "imageId",
                        copy.image(),
                        "The request of this client token was answered with image " + copy.image()
                                + ", which has been deleted since; choose a new token to import again"));
    }

    public ImageView image(Seen seen) {
        return ImageView.of(seen, percent(seen.image()));
    }

    private @Nullable String percent(Image image) {
        return switch (image.status()) {
            case WAITING -> "0%";
            case CREATING -> copies.find(image.madeBy()).map(this::percent).orElse(null);
            case AVAILABLE, DEPRECATED -> "100%";
            case UNAVAILABLE, CREATE_FAILED, DELETING -> null;
        };
    }

    private String percent(Copy copy) {
        return CopyView.percent(motion(copy).arrived().bytes(), copy.bytesTotal());
    }

    private Motion motion(Copy copy) {
        return switch (copy.status()) {
            case PENDING_APPROVAL, WAITING -> Motion.NONE;
            case AVAILABLE -> Motion.whole(copy);
            case COPYING, CANCELLING, FAILING -> Motion.now(progress.of(copy.id()), clock.instant());
            case CANCELLED, FAILED ->
                Motion.ended(progress.of(copy.id()).arrived().bytes(), copy.bytesSaved());
        };
    }

    private @Nullable Reason reason(Copy copy) {
        return copy.status() == CopyStatus.PENDING_APPROVAL ? Reason.pending(copy, operator) : copy.reason();
    }

    private static boolean queued(Copy copy) {
        return copy.status() == CopyStatus.WAITING && copy.queuedAt() != null;
    }
}
