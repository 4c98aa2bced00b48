package imageferry.copying.ending;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.image.Images;
import imageferry.ownership.Deletions;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.StoredBlob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts the snapshots that no image needs into quarantine, and deletes them a week later if a fresh read still finds no owner.
 * It stops when a region has many of them at once, or when its bucket is not this installation's.
 */
public record SweepOrphans(Copies copies, Images images, Deletions deletions, Quarantine quarantine) {
    /** The minimum age of bytes without an owner; younger ones stay in any case. */
    static final Duration YOUNG = Duration.ofHours(1);

    /** The number of snapshots up to which a look is at all of them: those of one request. */
    static final int FEW = 1_000;

    /** The snapshots of one slice of a region. */
    private record Look(Slice slice, List<StoredBlob> snapshots) {}

    Looks looks() {
        return new Looks(quarantine.ledger());
    }

    private Needs needs() {
        return new Needs(copies, images);
    }

    /**
     * Sweeps what is in quarantine, and one slice of a region's snapshots: the next of 24, or all if they are few.
     *
     * @param everything looks at all snapshots, however many
     * @throws FuseBlown when there are too many new orphans; then none is put into quarantine or deleted
     */
    void sweep(Region region, boolean everything, Instant now, SweepReport.Tally tally) {
        var quarantined = quarantine.of(region);
        var seen = looks().seen(region);
        var look = look(region, everything, seen);
        var unneeded = needs().unneeded(old(look.snapshots(), quarantined.keySet(), now));
        quarantined.keySet().stream()
                .filter(blob -> !unneeded.contains(blob))
                .forEach(blob -> tally.attempt(region, blob, () -> quarantine.release(blob)));
        var found = fresh(unneeded.strangers(), quarantined.keySet());
        requireFew(region, look, found, seen, now);
        Stream.concat(found.stream(), fresh(unneeded.remains(), quarantined.keySet()).stream())
                .forEach(blob -> tally.attempt(region, blob, () -> add(blob, now, tally)));
        quarantined.forEach((blob, since) -> {
            if (unneeded.contains(blob)) {
                tally.attempt(region, blob, () -> removeIfDue(blob, since, now, tally));
            }
        });
        looks().saw(region, look.slice(), new Looks.Seen(now, look.snapshots().size(), found.size()));
    }

    /** Puts the finished snapshot of a copy that ended without an image into quarantine, if there is one. */
    void sweepRemain(Copy copy, Instant now, SweepReport.Tally tally) {
        var blob = copy.target();
        if (deletions.store().look(blob).isPresent() && needs().isUnneeded(blob)) {
            add(blob, now, tally);
        }
    }

    /** The orphans of a region that are found for the first time. */
    public List<Blob> found(Region region, Instant now) {
        var quarantined = quarantine.of(region).keySet();
        return fresh(unneeded(region, quarantined, now).strangers(), quarantined);
    }

    /** All snapshots of a region that no image needs or will need, in quarantine or not, whatever made them. */
    public List<Blob> all(Region region, Instant now) {
        return unneeded(region, quarantine.of(region).keySet(), now).all().toList();
    }

    /** Puts these orphans into quarantine, however many they are. */
    public void confirm(List<Blob> orphans, Instant now) {
        orphans.forEach(blob -> quarantine.add(blob, now));
    }

    private static List<Blob> fresh(Set<Blob> unneeded, Set<Blob> quarantined) {
        return unneeded.stream().filter(blob -> !quarantined.contains(blob)).toList();
    }

    private Needs.Unneeded unneeded(Region region, Set<Blob> quarantined, Instant now) {
        return needs().unneeded(old(list(region, Slice.ALL), quarantined, now));
    }

    private Look look(Region region, boolean everything, Map<String, Looks.Seen> seen) {
        var first = everything ? List.<StoredBlob>of() : page(region, Slice.ALL.after());
        var slice = first.size() < FEW ? Slice.ALL : Looks.next(seen);
        var snapshots = everything || first.size() == FEW ? list(region, slice) : first;
        return new Look(
                slice,
                snapshots.stream()
                        .filter(stored -> SnapshotCopies.snapshot(stored.blob()).isPresent())
                        .toList());
    }

    private List<StoredBlob> list(Region region, Slice slice) {
        var all = new ArrayList<StoredBlob>();
        var page = page(region, slice.after());
        while (!page.isEmpty()) {
            page.stream().filter(stored -> slice.reaches(stored.blob().key())).forEach(all::add);
            var last = page.getLast().blob().key();
            page = page.size() == FEW && slice.reaches(last) ? page(region, last) : List.of();
        }
        return all;
    }

    private List<StoredBlob> page(Region region, String after) {
        return deletions.store().list(region, Blob.SNAPSHOTS, after, FEW);
    }

    /** Those that are old enough, and all that are in quarantine. */
    private static List<Blob> old(List<StoredBlob> snapshots, Set<Blob> quarantined, Instant now) {
        var old = snapshots.stream()
                .filter(stored -> stored.storedAt().isBefore(now.minus(YOUNG)))
                .map(StoredBlob::blob)
                .filter(blob -> SnapshotCopies.snapshot(blob).isPresent());
        return Stream.concat(old, quarantined.stream()).distinct().toList();
    }

    /** The slices of a day are one look, so their orphans are counted together. */
    private static void requireFew(
            Region region, Look look, List<Blob> found, Map<String, Looks.Seen> seen, Instant now) {
        var others = Looks.sameDay(seen, look.slice(), now);
        var snapshots = look.snapshots().size()
                + others.stream().mapToLong(Looks.Seen::snapshots).sum();
        var before = others.stream().mapToLong(Looks.Seen::found).sum();
        Fuse.blown(region, found, before, snapshots).ifPresent(reason -> {
            throw new FuseBlown(reason);
        });
    }

    private void add(Blob blob, Instant now, SweepReport.Tally tally) {
        quarantine.add(blob, now);
        tally.quarantined++;
    }

    /** Deletes a snapshot whose time is over. One with another tag than the table's record starts its time again. */
    private void removeIfDue(Blob blob, Instant since, Instant now, SweepReport.Tally tally) {
        if (!since.plus(Quarantine.GRACE).isBefore(now) || deletions.waitsForConfirmation(Instant.MIN)) {
            return;
        }
        if (deletions.store().look(blob).isEmpty()) {
            quarantine.forget(blob);
        } else if (!quarantine.isTagged(blob, since)) {
            quarantine.add(blob, now);
        } else if (needs().isUnneeded(blob)) {
            deletions.deleteOrphan(blob);
            quarantine.forget(blob);
            tally.objects++;
        }
    }
}
