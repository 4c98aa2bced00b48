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
     */
    record Unneeded(Set<Blob> remains, Set<Blob> strangers) {
        boolean contains(Blob blob) {
            return remains.contains(blob) || strangers.contains(blob);
        }

        Stream<Blob> all() {
            return Stream.concat(strangers.stream(), remains.stream());
        }
    }

    /** Those of the snapshots that nothing needs. Reads up to 100 copies and 100 images at once. */
    Unneeded unneeded(List<Blob> snapshots) {
        var unneeded = new Unneeded(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (var chunk : SnapshotCopies.chunks(snapshots)) {
            var madeBy = SnapshotCopies.of(chunk.stream(), copies);
            var existing = existing(madeBy.all());
            for (var blob : chunk) {
                if (!needed(blob, madeBy.of(blob), existing)) {
                    var kind = isRemain(blob, madeBy.of(blob)) ? unneeded.remains() : unneeded.strangers();
                    kind.add(blob);
                }
            }
        }
        return unneeded;
    }

    /** Those that a retry finished of a copy whose record still keeps an upload: a restored table does not know the retry. */
    Stream<Blob> finishedByUnknown(List<Blob> snapshots) {
        return SnapshotCopies.chunks(snapshots).stream().flatMap(chunk -> {
            var madeBy = SnapshotCopies.of(chunk.stream(), copies);
            return chunk.stream()
                    .filter(blob -> madeBy.of(blob)
                            .filter(copy -> copy.target().equals(blob))
                            .filter(copy -> copy.end().resumableUntil() != null)
                            .isPresent());
        });
    }

    boolean isUnneeded(Blob blob) {
        return unneeded(List.of(blob)).contains(blob);
    }

    private static boolean isRemain(Blob blob, Optional<Copy> madeBy) {
        return madeBy.filter(copy -> copy.target().equals(blob))
                .filter(copy -> copy.status() != CopyStatus.AVAILABLE)
                .isPresent();
    }

    private static boolean needed(Blob blob, Optional<Copy> madeBy, Set<ImageId> existing) {
        return madeBy.filter(copy -> copy.target().equals(blob))
                .filter(copy -> !copy.status().ended()
                        || copy.end().resumableUntil() != null
                        || (copy.status() == CopyStatus.AVAILABLE && existing.contains(copy.image())))
                .isPresent();
    }

    private Set<ImageId> existing(Collection<Copy> found) {
        return images.find(found.stream().map(Copy::image).collect(toSet())).stream()
                .map(Image::id)
                .collect(toSet());
    }
}
