package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.snapshot.Blob;
import imageferry.snapshot.InMemorySnapshotStore;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must not be left once all is over: bytes, uploads, slots, locks, places in queues, tickets, tokens. */
final class Leftovers {
    private final Table table;
    private final InMemorySnapshotStore store;
    private final Verdict verdict;

    Leftovers(Table table, InMemorySnapshotStore store, Verdict verdict) {
        this.table = table;
        this.store = store;
        this.verdict = verdict;
    }

    void judge() {
        var usable = table.images().stream()
                .filter(image -> Set.of("Available", "Deprecated").contains(image.text("status")))
                .map(image -> image.text("region") + " " + Blob.SNAPSHOTS + image.text("snapshotId"))
                .collect(Collectors.toCollection(TreeSet::new));
        var stored = new Books(table.items(), store).snapshots().collect(Collectors.toCollection(TreeSet::new));
        verdict.require(stored.equals(usable), "No orphan bytes", () -> stored + " instead of " + usable);
        Books.regions()
                .flatMap(region -> store.uploads(region, "").stream())
                .forEach(upload -> verdict.breaks("No orphan upload", upload));
        table.images().forEach(this::judgeImage);
        table.copies().forEach(this::judgeCopy);
        table.tickets()
                .forEach(ticket -> verdict.require(
                        !ticket.text("state").equals("Open"), "No ticket outlives its copy", () -> ticket));
        table.entries("REGION#", "WAIT#")
                .forEach(place -> verdict.breaks("No place in a queue outlives its copy", place));
        table.entries("REGION#", "SLOTS")
                .forEach(slots -> verdict.require(
                        slots.getValue().map("holders").isEmpty(), "No slot outlives its copy", () -> slots));
    }

    private void judgeImage(Item image) {
        verdict.require(!image.text("status").equals("Deleting"), "Every deletion ends", () -> image);
        verdict.require(image.texts("copyingTo").isEmpty(), "No lock outlives its copy", () -> image);
    }

    private void judgeCopy(Item copy) {
        verdict.require(!copy.has("wake"), "No token outlives its copy", () -> copy);
        verdict.require(!copy.has("resumableUntil"), "No upload is kept for ever", () -> copy);
        verdict.require(!copy.has("unfinished"), "The sweeper is done with every copy", () -> copy);
    }
}
