package imageferry.copying.transfer;

import static java.util.stream.Collectors.toUnmodifiableSet;

import imageferry.copying.BatchReport;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.Progress;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.queue.Slots;
import imageferry.copying.transfer.Outcome.Failed;
import imageferry.copying.transfer.Outcome.Stop;
import imageferry.id.CopyId;
import imageferry.rule.Code;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Copies one batch of a snapshot's parts from bucket to bucket; parts from an earlier call are not copied again. */
public final class CopySnapshotParts {
    private final SnapshotStore store;
    private final Copies copies;
    private final Progress progress;
    private final RouteRates routes;
    private final Pause pause;
    private final InstantSource clock;

    /** @param pause before a start that has to wait; see {@link Pause#jittered} */
    public CopySnapshotParts(
            SnapshotStore store, Copies copies, Progress progress, Slots slots, Pause pause, InstantSource clock) {
        this.store = store;
        this.copies = copies;
        this.progress = progress;
        this.routes = new RouteRates(slots);
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Copies until all parts of the batch have arrived, or until the time runs low.
     *
     * @return whether all have arrived; when not, this call copied at least one and another call must continue
     * @throws StoreUnavailable when nothing could be copied now
     */
    public StepResult<Boolean> copy(CopyId id, PartBatch batch, Deadline deadline) {
        return copies.copying(id).then(copy -> tried(copy, batch, deadline));
    }

    private StepResult<Boolean> tried(Copy copy, PartBatch batch, Deadline deadline) {
        try {
            return copy(copy, batch, deadline);
        } catch (UploadGone e) {
            return gone(copy.id(), e);
        } catch (SourceChanged e) {
            return new StepResult.Refused<>(Reason.of(Reason.SOURCE_CHANGED, e));
        } catch (StoreRefused e) {
            return new StepResult.Refused<>(Reason.of(Reason.STORE_REFUSED, e));
        }
    }

    private StepResult<Boolean> copy(Copy copy, PartBatch batch, Deadline deadline) {
        var plan = copy.plan();
        var upload = Objects.requireNonNull(copy.upload(), "an upload is opened before parts are copied");
        var present = present(copy, upload, plan, batch);
        var missing = batch.parts()
                .filter(number -> !present.contains(number))
                .mapToObj(number -> part(copy, upload, plan, number))
                .toList();
        var bytes =
                batch.parts().filter(present::contains).mapToLong(plan::sizeOf).sum();
        var earlier = present.isEmpty() ? Optional.<BatchReport>empty() : progress.of(copy.id(), batch.number());
        var missed = earlier.map(report -> report.arrived().missed()).orElse(0L);
        var copier = new PartCopier(store, copy, present.stream().mapToInt(number -> number), missed);
        var meter = new RateMeter(earlier.map(BatchReport::stream).orElse(null));
        var soFar = new BatchProgress(progress, copy, batch, bytes, copier, meter, routes, clock);
        var streams =
                new PartStreams(copier, new CopyingCheck(copies, copy.id(), clock), soFar, deadline, pause, clock);

        var outcome = streams.copy(missing);
        soFar.report();

        return outcome.end() == Stop.COMPLETE
                ? new StepResult.Done<>(true)
                : copies.copying(copy.id()).then(now -> unfinished(now, outcome));
    }

    /** The parts that need no copying: of the right size, and with a SHA-256 that the end is proven with. */
    private Set<Integer> present(Copy copy, UploadId upload, PartPlan plan, PartBatch batch) {
        return store.uploadedParts(copy.target(), upload, batch.firstPart(), batch.lastPart()).stream()
                .filter(part -> part.sizeBytes() == plan.sizeOf(part.number()))
                .filter(Part::hasSha256)
                .map(Part::number)
                .collect(toUnmodifiableSet());
    }

    private static PartCopy part(Copy copy, UploadId upload, PartPlan plan, int number) {
        return new PartCopy(
                copy.source().blob(),
                copy.pinned().eTag(),
                copy.target(),
                upload,
                number,
                plan.sizeOf(number),
                plan.rangeOf(number).orElse(null));
    }

    private StepResult<Boolean> unfinished(Copy copy, Outcome outcome) {
        // One part alone may be a dead connection: none of the copy's may have arrived, in this call or another.
        if (outcome.end().isTooSlow() && progress.total(copy.id()) == 0) {
            return new StepResult.Refused<>(new Reason(Code.SIZE_EXCEEDED.toString(), RouteRates.refusal(copy)));
        }
        return switch (outcome.end()) {
            case Failed failed when !failed.mayPass() || outcome.copied() == 0 -> throw failed.failure();
            case Stop _
            when outcome.copied() == 0 -> throw new StoreUnavailable("No part could be copied in the time of one call");
            case Stop _, Failed _ -> new StepResult.Done<>(false);
        };
    }

    /** Returns done when another call has completed the upload, as after a lost answer; otherwise refuses. */
    private StepResult<Boolean> gone(CopyId id, UploadGone failure) {
        return copies.copying(id)
                .then(now -> store.look(now.target()).isPresent()
                        ? new StepResult.Done<>(true)
                        : new StepResult.Refused<>(Reason.of(Reason.UPLOAD_GONE, failure)));
    }
}
