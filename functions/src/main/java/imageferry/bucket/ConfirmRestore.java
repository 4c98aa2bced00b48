package imageferry.bucket;

import imageferry.copying.ending.SweepOrphans;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ownership.Identity;
import imageferry.region.Regions;
import imageferry.rule.Count;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets deletions go on after the table was restored from a backup. It shows the snapshots that they would reach: those that the
 * restored table does not need, and those of images that it was deleting or that were in the bin.
 */
public record ConfirmRestore(
        Identity identity, SweepOrphans orphans, Images images, Regions regions, InstantSource clock) {
    /** The number of snapshots that are described, with one request each. */
    private static final int DESCRIBED = 100;

    private static final int MOST_IMAGES = 1_000;
    /** Younger snapshots are not listed, and copies that the restored table has under way need some sweeps to end. */
    private static final Duration SETTLING = Duration.ofHours(1).plusMinutes(15);

    private static final Duration LONGEST_IN_BIN = Duration.ofDays(366);

    public Decision confirm(Confirmation confirmation) {
        return identity.restoredAt()
                .map(restoredAt -> confirm(restoredAt, confirmation))
                .orElseGet(() -> Decision.refused(List.of(), "No restore of the table waits for a confirmation"));
    }

    private Decision confirm(Instant restoredAt, Confirmation confirmation) {
        var found = Stream.of(unneeded(), beingDeleted(), recycled(restoredAt))
                .flatMap(Function.identity())
                .distinct()
                .toList();
        var from = restoredAt.plus(SETTLING);
        if (clock.instant().isBefore(from)) {
            var early = "The table was restored at " + restoredAt + "; the list is complete from " + from
                    + " on, and can be confirmed then";
            return new Decision(false, described(found), early);
        }
        var done = confirmation.isOf(found.size()) && identity.confirmRestore(restoredAt);
        var message = "The table was restored at " + restoredAt + ", and "
                + Count.of(found.size(), "snapshot is", "snapshots are") + " not needed by it"
                + (done
                        ? "; the restore is confirmed. Images that were being deleted, and snapshots that have been in the bin"
                                + " or in quarantine long enough, go with the next sweep; the others when their time is over"
                        : confirmation.next(found.size()));
        return new Decision(done, described(found), message);
    }

    private Stream<Blob> unneeded() {
        var now = clock.instant();
        return regions.enabled().stream().flatMap(region -> orphans.all(region, now).stream());
    }

    private Stream<Blob> beingDeleted() {
        return images.beingRemoved(clock.instant(), MOST_IMAGES).stream()
                .filter(Image::hasBytes)
                .map(Image::blob);
    }

    /** An owner may have taken any of them out of the bin since. */
    private Stream<Blob> recycled(Instant restoredAt) {
        var last = clock.instant().plus(LONGEST_IN_BIN);
        return regions.enabled().stream()
                .flatMap(region -> images.due(region, last, MOST_IMAGES).stream())
                .filter(image -> image.bin()
                        .filter(bin -> !bin.since().isAfter(restoredAt))
                        .isPresent())
                .map(Image::blob);
    }

    private List<String> described(List<Blob> found) {
        try (var together = new SideBySide()) {
            var first = found.stream()
                    .limit(DESCRIBED)
                    .map(blob -> together.ask(() -> description(blob)))
                    .toList();
            var others = found.stream().skip(DESCRIBED).map(Blob::toString);
            return Stream.concat(first.stream().map(Supplier::get), others).toList();
        }
    }

    private String description(Blob blob) {
        return blob + store().look(blob).map(ConfirmRestore::words).orElse(", deleted");
    }

    private SnapshotStore store() {
        return orphans.deletions().store();
    }

    private static String words(BlobFacts facts) {
        var metadata = facts.metadata();
        return ", " + Count.of(facts.sizeBytes(), "byte") + ", image " + word(metadata, "image") + ", name "
                + word(metadata, "name") + ", owner " + word(metadata, "owner");
    }

    private static String word(Map<String, String> metadata, String name) {
        return metadata.getOrDefault("imageferry-" + name, "unknown");
    }
}
