package imageferry.copying.ending;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.queue.GrantSlots;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.ledger.Query;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guarantee behind all events: work that a lost event, a crash or an outage left unfinished is found and carried on. Every
 * piece may be repeated, and one that fails stops no other.
 */
public final class SweepCopies {
    /** A copy that changed within this time needs no help. */
    public static final Duration QUIET = Duration.ofMinutes(5);

    private static final int PAGE = 100;

    private final Copies copies;
    private final SnapshotStore store;
    private final Regions regions;
    private final GrantSlots granting;
    private final ContinueCopy continuing;
    private final SweepOrphans orphans;

    public SweepCopies(
            Copies copies,
            Images images,
            SnapshotStore store,
            Regions regions,
            GrantSlots granting,
            ContinueCopy continuing) {
        this.copies = copies;
        this.store = store;
        this.regions = regions;
        this.granting = granting;
        this.continuing = continuing;
        this.orphans = new SweepOrphans(copies, images, store);
    }

    /** Sweeps the copies, the queues, and the bytes that belong to nothing. */
    public SweepReport sweep(Instant now) {
        var tally = new SweepReport.Tally();
        // A region that was disabled since may still have its queue.
        var queues = new LinkedHashSet<>(regions.enabled());
        tally.attempt("The list of unfinished copies", () -> sweepCopies(now, queues, tally));
        queues.forEach(region -> tally.attempt("The queue of " + region, () -> granting.grant(region)));
        for (var region : regions.enabled()) {
            tally.attempt("The uploads of " + region, () -> orphans.uploads(region, now, tally));
            tally.attempt("The objects of " + region, () -> orphans.objects(region, now, tally));
        }
        return tally.report();
    }

    private void sweepCopies(Instant now, Set<Region> queues, SweepReport.Tally tally) {
        var changedBefore = now.minus(QUIET);
        Query.@Nullable Position after = null;
        do {
            var page = copies.unfinished(changedBefore, PAGE, after);
            for (var listed : page.copies()) {
                queues.add(listed.region());
                tally.attempt(listed.id(), () -> sweep(listed.id(), changedBefore, now, tally));
            }
            after = page.next();
        } while (after != null);
    }

    /** The index may lag behind, so the copy itself is read before anything is done about it. */
    private void sweep(CopyId id, Instant changedBefore, Instant now, SweepReport.Tally tally) {
        copies.find(id)
                .filter(copy -> copy.workflow().changedAt().isBefore(changedBefore))
                .ifPresent(copy -> sweep(copy, now, tally));
    }

    private void sweep(Copy copy, Instant now, SweepReport.Tally tally) {
        if (copy.status().ended() && copy.status() != CopyStatus.AVAILABLE) {
            expire(copy, now, tally);
        } else {
            continuing.from(copy, tally);
        }
    }

    /**
     * Gives up the upload of an ended copy after the time for a retry. Records that first, so that a concurrent retry
     * either gets the upload or begins again, and never gets one that is being aborted.
     */
    private void expire(Copy copy, Instant now, SweepReport.Tally tally) {
        var resumableUntil = copy.end().resumableUntil();
        if (resumableUntil != null && (now.isBefore(resumableUntil) || !copies.expired(copy, now))) {
            return;
        }
        if (copy.upload() != null && copy.end().continuedBy() == null) {
            store.abort(copy.target(), copy.upload());
        }
        copies.finished(copy.id(), now);
        tally.expired++;
    }
}
