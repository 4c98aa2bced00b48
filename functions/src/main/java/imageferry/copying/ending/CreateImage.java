package imageferry.copying.ending;

import static imageferry.ledger.Condition.is;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyRecord;
import imageferry.copying.CopyStatus;
import imageferry.copying.Progress;
import imageferry.copying.Progress.Arrived;
import imageferry.copying.Source;
import imageferry.copying.Step;
import imageferry.copying.StepResult;
import imageferry.copying.Throughput;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.Slots;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.image.Quota;
import imageferry.ledger.Change;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.snapshot.SnapshotStore;
import imageferry.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the proven snapshot an image that can be used, in the one transaction that races with cancel and failure. */
public final class CreateImage {
    private final Ledger ledger;
    private final Copies copies;
    private final Slots slots;
    private final Progress progress;
    private final SnapshotStore store;
    private final GrantSlots granting;
    private final InstantSource clock;

    public CreateImage(Ledger ledger, Copies copies, SnapshotStore store, GrantSlots granting, InstantSource clock) {
        this.ledger = ledger;
        this.copies = copies;
        this.slots = new Slots(ledger);
        this.progress = new Progress(ledger);
        this.store = store;
        this.granting = granting;
        this.clock = clock;
    }

    /**
     * Creates the image. Also returns {@link StepResult.Done} when an earlier call created it.
     *
     * @throws LedgerUnavailable when the copy, or a record in its transaction, changed during each of ten attempts
     */
    public StepResult<CopyId> create(CopyId id) {
        var tries = new Tries();
        while (true) {
            var copy = copies.require(id);
            if (copy.status() == CopyStatus.AVAILABLE) {
                finish(copy);
                return new StepResult.Done<>(id);
            }
            if (copy.status() != CopyStatus.COPYING) {
                return new StepResult.Stopped<>(copy);
            }
            tries.next("Copy " + id, "completed");
            ledger.commit(completion(copy));
        }
    }

    private List<Write> completion(Copy copy) {
        var now = clock.instant();
        var checksum =
                Objects.requireNonNull(copy.transfer().checksum(), "a snapshot is proven before it becomes an image");
        var writes = new ArrayList<Write>();
        var reports = progress.of(copy.id());
        var saved = saved(copy, reports.arrived());
        writes.add(available(copy, saved, now));
        writes.add(Images.available(copy.made(), checksum, now));
        writes.add(Quota.runReturned(copy.owner(), copy.region()));
        writes.add(released(copy, saved, reports, now));
        writes.add(Usage.stored(copy.owner(), copy.image(), copy.region(), copy.bytesTotal(), now));
        if (copy.source() instanceof Source.OfImage source) {
            writes.add(Images.unlockedBy(source.image(), copy.id()));
        }
        if (copy.movesBetweenRegions()) {
            writes.add(Usage.moved(
                    copy.owner(), copy.source().region(), copy.region(), carried(copy) - saved, saved, now));
        }
        copy.recounted(carried(copy) - saved).ifPresent(writes::add);
        return writes;
    }

    /** Shares that are still due keep the copy in the sweeper's list. */
    private static Write available(Copy copy, long saved, Instant now) {
        var changes =
                new ArrayList<Change>(List.of(Change.put(CopyRecord.ENDED_AT, now), Change.remove(CopyRecord.WAKE)));
        if (saved > 0) {
            changes.add(Change.put(CopyRecord.BYTES_SAVED, saved));
        }
        if (copy.shareWith().isEmpty()) {
            changes.add(Change.remove(CopyRecord.UNFINISHED));
        } else {
            changes.add(Change.include(CopyRecord.SHARES_DUE, copy.shareWith()));
            changes.add(Change.putEntry(CopyRecord.STEPS, Step.SHARE_IMAGE, now));
        }
        return Copies.moved(
                copy,
                CopyStatus.AVAILABLE,
                is(CopyRecord.STATUS, CopyStatus.COPYING),
                now,
                changes.toArray(Change[]::new));
    }

    /**
     * Releases the slot, and records the throughput. A copy that took over or saved all its bytes moved none, so it
     * does not count.
     */
    private Write released(Copy copy, long saved, Progress.All reports, Instant now) {
        var carried = carried(copy) - saved;
        var granted = copy.workflow().steps().get(Step.START_SNAPSHOT_COPY);
        if (carried <= 0 || granted == null) {
            return Slots.released(copy);
        }
        var throughput = Throughput.of(carried, Duration.between(granted, now));
        return Slots.released(
                copy, slots.use(copy.region()), throughput, reports.stream().orElse(null));
    }

    /**
     * Returns the bytes of all equal parts, except those that workers reported as missing from the base. Parts that a
     * worker's last report left out count as saved: in doubt, nobody is charged.
     */
    private static long saved(Copy copy, Arrived arrived) {
        var base = copy.transfer().base();
        if (base == null) {
            return 0;
        }
        var equal = base.equalBytes(copy.plan());
        return Math.clamp(equal - arrived.missed(), 0, carried(copy));
    }

    /** Returns the bytes that this copy did not take over from the copy that it retries. */
    private static long carried(Copy copy) {
        return copy.bytesTotal() - copy.transfer().bytesCharged();
    }

    /** Does the work after the transaction. May be repeated, so a crash right after the transaction loses nothing. */
    private void finish(Copy copy) {
        granting.grant(copy.region());
        if (copy.source() instanceof Source.OfUpload upload && !upload.kept()) {
            // Keep another disk that the owner has uploaded under this key since.
            store.deleteUnchanged(upload.blob(), copy.pinned().eTag());
        }
    }
}
