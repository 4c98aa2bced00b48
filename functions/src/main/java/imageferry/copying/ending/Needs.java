package imageferry.copying.ending;

import static java.util.stream.Collectors.toSet;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.snapshot.Blob;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which snapshots a copy or an image needs. */
record Needs(Copies copies, Images images) {
    /**
     * Snapshots that nothing needs.
     *
     * @param remains of copies that failed or were cancelled: expected, and so no reason to stop
     * @param strangers all others
     * @param resumable needed, but finished, although their copy's record keeps an upload for a retry: a restored table does not
     *     know that retry
     */
    record Unneeded(Set<Blob> remains, Set<Blob> strangers, Set<Blob> resumable) {
        boolean contains(Blob blob) {
            return remains.contains(blob) || strangers.contains(blob);
        }

        /** All that nothing will need, if the table knows no later retry. */
        Stream<Blob> all() {
            return Stream.of(strangers, remains, resumable).flatMap(Set::stream);
        }
    }

    /** Those of the snapshots that nothing needs. Reads up to 100 copies and 100 images at once. */
    Unneeded unneeded(List<Blob> snapshots) {
        var unneeded = new Unneeded(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        for (var chunk : SnapshotCopies.chunks(snapshots)) {
            var madeBy = SnapshotCopies.of(chunk.stream(), copies);
            var existing = existing(madeBy.all());
            for (var blob : chunk) {
                var maker = madeBy.of(blob).filter(copy -> copy.target().equals(blob));
                if (!needed(maker, existing)) {
                    var kind = isRemain(maker) ? unneeded.remains() : unneeded.strangers();
                    kind.add(blob);
                } else if (isResumable(maker)) {
                    unneeded.resumable().add(blob);
                }
            }
        }
        return unneeded;
    }

    boolean isUnneeded(Blob blob) {
        return unneeded(List.of(blob)).contains(blob);
    }

    private static boolean isRemain(Optional<Copy> maker) {
        return maker.filter(copy -> copy.status() != CopyStatus.AVAILABLE).isPresent();
    }

    private static boolean isResumable(Optional<Copy> maker) {
        return maker.filter(copy -> copy.end().resumableUntil() != null).isPresent();
    }

    private static boolean needed(Optional<Copy> maker, Set<ImageId> existing) {
        return isResumable(maker)
                || maker.filter(copy -> !copy.status().ended()
                                || (copy.status() == CopyStatus.AVAILABLE && existing.contains(copy.image())))
                        .isPresent();
    }

    private Set<ImageId> existing(Collection<Copy> found) {
        return images.find(found.stream().map(Copy::image).collect(toSet())).stream()
                .map(Image::id)
                .collect(toSet());
    }
}
