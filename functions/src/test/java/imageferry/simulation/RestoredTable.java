package imageferry.simulation;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.bucket.Confirmation;
import imageferry.function.App;
import imageferry.function.TestApp;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of an earlier moment over the buckets at the end of a history, as after a restore from a backup. Neither the images
 * of the restored table nor those of the lost one may lose their bytes.
 */
final class RestoredTable {
    private static final Key LEDGER = new Key("LEDGER", "LEDGER");

    private final World world;
    private final SplittableRandom chance;
    private final Instant restoredAt;
    private final Set<Blob> owned;
    private Instant now;

    /** @param backup the records of the earlier moment */
    RestoredTable(World world, Map<Key, Item> backup, long seed) {
        this.world = world;
        this.chance = Seeds.random(seed, "restored table");
        this.restoredAt = world.clock.instant();
        this.now = restoredAt;
        var lost = usable();
        world.ledger.replace(backup);
        this.owned = Stream.concat(lost, usable()).collect(Collectors.toSet());
    }

    /** As {@code ./stacks restore} does. */
    void mark() {
        world.ledger.commit(
                List.of(Write.update(LEDGER, Condition.exists(), Change.put("restoredAt", restoredAt.toString()))));
    }

    /** Sweeps once a day. */
    void sweepFor(int days) {
        var app = app();
        for (var day = 0; day < days; day++) {
            now = now.plus(Duration.ofDays(1));
            app.removals().finishAll(now);
            app.purgeImages().purgeDue(now);
            app.forEvents().sweepCopies().sweep(now);
        }
        owned.stream()
                .filter(blob -> world.store.stored(blob).isEmpty())
                .forEach(blob -> world.verdict.breaks("A restored table deletes no bytes of an image", blob));
    }

    /** Confirms what is listed then, sweeps for a month, and forbids that anything else is lost. */
    void confirm() {
        now = now.plus(Duration.ofHours(2));
        var app = app();
        app.forEvents().sweepCopies().sweep(now, false);
        var confirming = app.forEvents().confirmRestore();
        var listed = confirming.confirm(new Confirmation("restore", null)).objects();
        var confirmed = confirming.confirm(new Confirmation("restore", listed.size()));
        world.verdict.require(
                confirmed.done() || app.ownership().identity().restoredAt().isEmpty(),
                "A restore is confirmed by what it lists",
                confirmed::message);
        owned.removeIf(blob -> listed.stream().anyMatch(line -> line.startsWith(blob.key() + " ")));
        sweepFor(30);
    }

    /** Some owners cancel copies that run again, although their images were available before the restore. */
    void cancelSome() {
        cancelSome(app());
    }

    private App app() {
        return TestApp.over(
                Map.of("REGIONS", World.REGIONS),
                world.ledger,
                new MebibyteStore(world.store),
                world.workflows,
                TestApp.NONE,
                () -> now,
                new Random(world.seed));
    }

    private void cancelSome(App app) {
        world.table.copies().stream()
                .filter(copy -> CopyRules.LIVE.contains(copy.text("status")) && chance.nextInt(4) == 0)
                .forEach(copy -> {
                    var owner = new AccountId(copy.text("owner"));
                    var caller = new Caller(owner, "arn:aws:iam::" + owner + ":user/simulated", false);
                    app.forApi().cancelCopy().cancelCopy(caller, copy.text("copyId"));
                    world.reach("cancelled after a restore");
                });
    }

    private Stream<Blob> usable() {
        return world.table.images().stream()
                .filter(image -> Set.of("Available", "Deprecated", "Recycled").contains(image.text("status")))
                .map(image -> new Blob(new Region(image.text("region")), Blob.SNAPSHOTS + image.text("snapshotId")))
                .filter(blob -> world.store.stored(blob).isPresent())
                .toList()
                .stream();
    }
}
