package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.snapshot.Blob;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.UploadId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Bytes that are needed are not removed. */
final class BytesRules implements BytesWatch {
    private final Verdict verdict;
    private final Table table;
    private final InMemorySnapshotStore store;
    private final Contents contents;
    private final Map<String, Map<PartCopy, Long>> arrived = new HashMap<>();

    BytesRules(Verdict verdict, Table table, InMemorySnapshotStore store, Contents contents) {
        this.verdict = verdict;
        this.table = table;
        this.store = store;
        this.contents = contents;
    }

    @Override
    public void arrived(PartCopy copy) {
        if (!copy.source().region().equals(copy.target().region())) {
            arrived.computeIfAbsent(copy.source().region() + "#" + copy.target().region(), route -> new HashMap<>())
                    .put(copy, copy.sizeBytes());
        }
    }

    /** The bytes that arrived on a route, {@code from#to}. A part that was copied twice into one upload counts once. */
    long arrived(String route) {
        return arrived.getOrDefault(route, Map.of()).values().stream()
                .mapToLong(bytes -> bytes)
                .sum();
    }

    @Override
    public void stored(Blob blob) {
        contents.note(blob);
    }

    @Override
    public void aborting(Blob target, UploadId upload) {
        if (store.look(target).isPresent()) {
            return;
        }
        for (var copy : table.copies()) {
            verdict.require(
                    !copy.maybeText("uploadId").filter(upload.value()::equals).isPresent()
                            || !(CopyRules.LIVE.contains(copy.text("status")) || copy.has("resumableUntil")),
                    "No upload is aborted that a copy needs",
                    () -> upload + " of " + copy);
        }
    }

    @Override
    public void deleting(Blob blob) {
        var there = store.look(blob);
        if (there.isEmpty()) {
            return;
        }
        if (blob.key().startsWith(Blob.SNAPSHOTS)) {
            deletingSnapshot(blob);
        } else {
            verdict.require(
                    table.copies().stream()
                            .anyMatch(copy -> copy.text("status").equals("Available")
                                    && copy.text("sourceETag")
                                            .equals(there.get().eTag())),
                    "Only an upload that became an image is deleted",
                    () -> blob);
        }
    }

    private void deletingSnapshot(Blob blob) {
        for (var copy : table.copies()) {
            verdict.require(
                    !isOf(copy, blob) || !CopyRules.LIVE.contains(copy.text("status")),
                    "No object is deleted that a copy needs",
                    () -> blob + " of " + copy);
        }
        for (var image : table.images()) {
            verdict.require(
                    !isOf(image, blob)
                            || !Set.of("Available", "Deprecated", "Recycled").contains(image.text("status")),
                    "No bytes of a usable image are deleted",
                    () -> blob + " of " + image);
        }
    }

    private static boolean isOf(Item item, Blob blob) {
        return item.text("region").equals(blob.region().name())
                && blob.key().equals(Blob.SNAPSHOTS + item.text("snapshotId"));
    }
}
