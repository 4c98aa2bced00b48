package imageferry.copying.ending;

import static java.util.stream.Collectors.toSet;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.id.ImageId;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ownership.Deletions;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts the snapshots that no image needs into quarantine, and deletes them a week later if a fresh read still finds no owner.
 * It stops when a region has many of them at once, or when its bucket is not this installation's.
 */
public record SweepOrphans(Copies copies, Images images, Deletions deletions, Quarantine quarantine) {
    /** The minimum age of bytes without an owner; younger ones stay in any case. */
    static final Duration YOUNG = Duration.ofHours(1);

    /**
     * The snapshots of one region that no image needs.
     *
     * @param snapshots the number of all snapshots of the region
     * @param remains of copies that failed or were cancelled: expected, and so no reason to stop
     * @param strangers all others
     */
    private record Unneeded(int snapshots, Set<Blob> remains, Set<Blob> strangers) {
        boolean contains(Blob blob) {
            return remains.contains(blob) || strangers.contains(blob);
        }
    }

    /**
     * Sweeps one region.
     *
     * @throws FuseBlown when there are too many new orphans; then none is put into quarantine or deleted
     */
    void sweep(Region region, Instant now, SweepReport.Tally tally) {
        var quarantined = quarantine.of(region);
        var unneeded = unneeded(region, quarantined.keySet(), now);
        quarantined.keySet().stream()
                .filter(blob -> !unneeded.contains(blob))
                .forEach(blob -> tally.attempt(region, blob, () -> quarantine.release(blob)));
        var found = fresh(unneeded.strangers(), quarantined.keySet());
        Fuse.blown(region, found, unneeded.snapshots()).ifPresent(reason -> {
            throw new FuseBlown(reason);
        });
        Stream.concat(found.stream(), fresh(unneeded.remains(), quarantined.keySet()).stream())
                .forEach(blob -> tally.attempt(region, blob, () -> {
                    quarantine.add(blob, now);
                    tally.quarantined++;
                }));
        quarantined.forEach((blob, since) -> {
            if (unneeded.contains(blob)) {
                tally.attempt(region, blob, () -> removeIfDue(blob, since, now, tally));
            }
        });
    }

    /** The orphans of a region that are found for the first time. */
    public List<Blob> found(Region region, Instant now) {
        var quarantined = quarantine.of(region).keySet();
        return fresh(unneeded(region, quarantined, now).strangers(), quarantined);
    }

    /** All snapshots of a region that no image needs, in quarantine or not, whatever made them. */
    public List<Blob> all(Region region, Instant now) {
        var unneeded = unneeded(region, quarantine.of(region).keySet(), now);
        return Stream.concat(unneeded.strangers().stream(), unneeded.remains().stream())
                .toList();
    }

    /** Puts these orphans into quarantine, however many they are. */
    public void confirm(List<Blob> orphans, Instant now) {
        orphans.forEach(blob -> quarantine.add(blob, now));
    }

    private static List<Blob> fresh(Set<Blob> unneeded, Set<Blob> quarantined) {
        return unneeded.stream().filter(blob -> !quarantined.contains(blob)).toList();
    }

    private Unneeded unneeded(Region region, Set<Blob> quarantined, Instant now) {
        var all = deletions.store().list(region, Blob.SNAPSHOTS).stream()
                .filter(object -> SnapshotCopies.snapshot(object.blob()).isPresent())
                .toList();
        var old = all.stream()
                .filter(object -> object.storedAt().isBefore(now.minus(YOUNG)) || quarantined.contains(object.blob()))
                .map(StoredBlob::blob)
                .toList();
        var unneeded = new Unneeded(all.size(), new LinkedHashSet<>(), new LinkedHashSet<>());
        for (var chunk : SnapshotCopies.chunks(old)) {
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

    private static boolean isRemain(Blob blob, Optional<Copy> madeBy) {
        return madeBy.filter(copy -> copy.target().equals(blob))
                .filter(copy -> copy.status() != CopyStatus.AVAILABLE)
                .isPresent();
    }

    /** Deletes a snapshot whose time is over. One with another tag than the table's record starts its time again. */
    private void removeIfDue(Blob blob, Instant since, Instant now, SweepReport.Tally tally) {
        if (!since.plus(Quarantine.GRACE).isBefore(now) || deletions.waitsForConfirmation(Instant.MIN)) {
            return;
        }
        if (!quarantine.isTagged(blob, since)) {
            quarantine.add(blob, now);
        } else if (isUnneededStill(blob)) {
            deletions.deleteOrphan(blob);
            quarantine.forget(blob);
            tally.objects++;
        }
    }

    private boolean isUnneededStill(Blob blob) {
        var madeBy = SnapshotCopies.of(List.of(blob).stream(), copies);
        return !needed(blob, madeBy.of(blob), existing(madeBy.all()));
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
