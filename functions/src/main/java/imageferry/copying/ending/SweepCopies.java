package imageferry.copying.ending;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.request.LostUploads;
import imageferry.id.CopyId;
import imageferry.ledger.Query;
import imageferry.ownership.Deletions;
import imageferry.region.Region;
import imageferry.region.Regions;
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
    private final Regions regions;
    private final GrantSlots granting;
    private final ContinueCopy continuing;
    private final LostUploads lostUploads;
    private final SweepUploads uploads;
    private final SweepOrphans orphans;
    private final Deletions deletions;

    public SweepCopies(
            Copies copies,
            Regions regions,
            GrantSlots granting,
            ContinueCopy continuing,
            LostUploads lostUploads,
            SweepOrphans orphans) {
        this.copies = copies;
        this.regions = regions;
        this.granting = granting;
        this.continuing = continuing;
        this.lostUploads = lostUploads;
        this.orphans = orphans;
        this.deletions = orphans.deletions();
        this.uploads = new SweepUploads(copies, deletions);
    }

    /** Sweeps as {@link #sweep(Instant, boolean)}, each bucket once an hour. */
    public SweepReport sweep(Instant now) {
        return sweep(now, false);
    }

    /**
     * Sweeps the queues, which need no bucket, then the copies, then the buckets.
     *
     * @param everything looks at every object of every bucket now. Otherwise a bucket is looked at once an hour, or again by the
     *     next sweep after a failure, and one with many snapshots in 24 parts.
     */
    public SweepReport sweep(Instant now, boolean everything) {
        var tally = new SweepReport.Tally();
        regions.enabled().forEach(region -> grant(region, tally));
        // A region that was disabled since may still have its queue.
        var others = new LinkedHashSet<Region>();
        tally.attempt("The list of unfinished copies", () -> sweepCopies(now, others, tally));
        regions.enabled().forEach(others::remove);
        others.forEach(region -> grant(region, tally));
        if (!deletions.paused()) {
            regions.enabled().forEach(region -> sweepBucket(region, everything, now, tally));
        }
        return tally.report();
    }

    private void grant(Region region, SweepReport.Tally tally) {
        tally.attempt("The queue of " + region, () -> granting.grant(region));
    }

    private void sweepBucket(Region region, boolean everything, Instant now, SweepReport.Tally tally) {
        tally.attempt(region, "The bucket of " + region, () -> {
            deletions.require(region);
            if (everything || orphans.looks().isDue(region, now)) {
                var failures = tally.failures();
                sweepObjects(region, everything, now, tally);
                if (tally.failures() == failures) {
                    orphans.looks().looked(region, now);
                }
            }
        });
    }

    private void sweepObjects(Region region, boolean everything, Instant now, SweepReport.Tally tally) {
        tally.attempt(region, "The imports of " + region, () -> findUploads(region, now, tally));
        tally.attempt(region, "The uploads of " + region, () -> uploads.sweep(region, now, tally));
        tally.attempt(region, "The objects of " + region, () -> orphans.sweep(region, everything, now, tally));
    }

    /** Imports uploads whose event was lost. A restored table may have lost the record of an import instead. */
    private void findUploads(Region region, Instant now, SweepReport.Tally tally) {
        lostUploads.candidates(region, now).stream()
                .filter(upload -> !deletions.waitsForConfirmation(upload.storedAt()))
                .forEach(upload -> tally.attempt(region, upload.blob(), () -> {
                    if (lostUploads.imports(upload)) {
                        tally.imported++;
                    }
                }));
    }

    private void sweepCopies(Instant now, Set<Region> seen, SweepReport.Tally tally) {
        var changedBefore = now.minus(QUIET);
        Query.@Nullable Position after = null;
        do {
            var page = copies.unfinished(changedBefore, PAGE, after);
            for (var listed : page.copies()) {
                seen.add(listed.region());
                tally.attempt(listed.region(), listed.id(), () -> sweep(listed.id(), changedBefore, now, tally));
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
        if (deletions.paused() || (resumableUntil != null && now.isBefore(resumableUntil))) {
            return;
        }
        deletions.require(copy.region());
        if (deletions.waitsForConfirmation(copy.request().createdAt())) {
            return;
        }
        if (resumableUntil != null && !copies.expired(copy, now)) {
            return;
        }
        if (copy.upload() != null && copy.end().continuedBy() == null) {
            deletions.abort(copy.target(), copy.upload(), copy.request().createdAt());
        }
        copies.finished(copy.id(), now);
        tally.expired++;
        if (copy.end().continuedBy() == null) {
            orphans.sweepRemain(copy, now, tally);
        }
    }
}
