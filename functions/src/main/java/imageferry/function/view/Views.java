package imageferry.function.view;

import imageferry.account.AccountId;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Progress;
import imageferry.copying.Reason;
import imageferry.copying.queue.Queues;
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

/**
 * Builds the views that need more than the record itself: a copy's progress, and its place in the queue.
 *
 * @param operator the account that decides on tickets
 */
public record Views(
        Images images, Copies copies, Progress progress, Queues queues, AccountId operator, InstantSource clock) {
    public CopyView copy(CopyId id) {
        return copy(copies.require(id));
    }

    public CopyView copy(Copy copy) {
        return copies(List.of(copy)).getFirst();
    }

    /**
     * Returns the copies' views; at most 100. All reports of their workers are one read, and each region's queue is
     * read once.
     */
    public List<CopyView> copies(List<Copy> copies) {
        var lines = new HashMap<Region, Map<CopyId, Queues.Place>>();
        var reports =
                progress.of(copies.stream().filter(Views::reports).map(Copy::id).toList());
        return copies.stream()
                .map(copy -> {
                    var line = queued(copy)
                            ? lines.computeIfAbsent(copy.region(), queues::of)
                            : Map.<CopyId, Queues.Place>of();
                    return view(copy, reports, line.get(copy.id()));
                })
                .toList();
    }

    /** The view of a copy that no longer waits in a queue, as its end is decided. */
    public CopyView decided(CopyId id) {
        return view(copies.require(id), progress.of(List.of(id)), null);
    }

    private CopyView view(Copy copy, Map<CopyId, Progress.All> reports, Queues.@Nullable Place place) {
        return CopyView.of(copy, transfer(copy, reports.get(copy.id())), place, reason(copy));
    }

    /** Returns whether the reports of its workers belong to its view. */
    private static boolean reports(Copy copy) {
        return switch (copy.status()) {
            case PENDING_APPROVAL, WAITING, AVAILABLE -> false;
            case COPYING, CANCELLING, FAILING, CANCELLED, FAILED -> true;
        };
    }

    /** The start of an import, as its owner sees it. A repeated request may come after its image was deleted. */
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
                                + ", which has been deleted since; choose a new token to import it again"));
    }

    public ImageView image(Seen seen) {
        return images(List.of(seen)).getFirst();
    }

    /** The images' views, at most 100. One read finds the progress of all unfinished ones. */
    public List<ImageView> images(List<Seen> seen) {
        return images(
                seen,
                progress.of(seen.stream()
                        .map(Seen::image)
                        .filter(image -> image.status() == ImageStatus.CREATING)
                        .map(Image::madeBy)
                        .toList()));
    }

    /** The same without that read: the progress of an unfinished image stays open. */
    public List<ImageView> imagesAtRest(List<Seen> seen) {
        return images(seen, Map.of());
    }

    private static List<ImageView> images(List<Seen> seen, Map<CopyId, Progress.All> reports) {
        return seen.stream()
                .map(one -> ImageView.of(
                        one, percent(one.image(), reports.get(one.image().madeBy()))))
                .toList();
    }

    private static @Nullable String percent(Image image, Progress.@Nullable All reports) {
        return switch (image.status()) {
            case WAITING -> "0%";
            case CREATING ->
                reports == null
                        ? null
                        : CopyView.percent(
                                reports.arrived().bytes(), image.content().sizeBytes());
            case AVAILABLE, DEPRECATED, RECYCLED -> "100%";
            case UNAVAILABLE, CREATE_FAILED, DELETING -> null;
        };
    }

    private TransferProgress transfer(Copy copy, Progress.@Nullable All reports) {
        if (reports == null) {
            return copy.status() == CopyStatus.AVAILABLE ? TransferProgress.whole(copy) : TransferProgress.NONE;
        }
        return copy.status().ended()
                ? TransferProgress.ended(reports.arrived().bytes(), copy.end().bytesSaved())
                : TransferProgress.now(reports, clock.instant());
    }

    private @Nullable Reason reason(Copy copy) {
        return copy.status() == CopyStatus.PENDING_APPROVAL ? Reason.pending(copy, operator) : copy.reason();
    }

    private static boolean queued(Copy copy) {
        return copy.status() == CopyStatus.WAITING && copy.workflow().queuedAt() != null;
    }
}
