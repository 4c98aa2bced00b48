package imageferry.copying.ending;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Reason;
import imageferry.copying.queue.GrantSlots;
import imageferry.id.CopyId;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ownership.DeletionRefused;
import imageferry.ownership.Deletions;
import imageferry.snapshot.OpenUpload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way out for a copy that will not become available. It first decides the end, unless that is decided; only
 * then removes anything; and last returns all of the copy's resources in one transaction. Safe to run any number of
 * times.
 */
public record SettleCopy(
        Ledger ledger, Copies copies, Deletions deletions, Release release, GrantSlots granting, InstantSource clock) {
    /** The time for which the parts of a failed copy are kept for a retry. */
    static final Duration RESUMABLE = Duration.ofHours(24);

    /**
     * Settles.
     *
     * @param failure the reason, used only if the end is not decided yet
     * @return how the copy ended: {@code Available}, {@code Cancelled} or {@code Failed}
     * @throws LedgerUnavailable when the copy changed during each of ten attempts
     */
    public CopyStatus settle(CopyId id, Reason failure) {
        var tries = new Tries();
        while (true) {
            tries.next("Copy " + id, "settled");
            var copy = copies.require(id);
            if (copy.status().live()) {
                ledger.commit(List.of(Copies.decided(
                        copy, CopyStatus.FAILING, reason(copy, failure), Caller.WORKFLOW, clock.instant())));
            } else if (copy.status().decided()) {
                var resumableUntil = clean(copy);
                release.of(copy, resumableUntil, clock.instant()).ifPresent(ledger::commit);
            } else {
                granting.grant(copy.region());
                return copy.status();
            }
        }
    }

    private static Reason reason(Copy copy, Reason failure) {
        return copy.status() == CopyStatus.PENDING_APPROVAL && failure.code().equals(Reason.TIMED_OUT)
                ? new Reason(
                        Reason.APPROVAL_EXPIRED,
                        "Ticket " + copy.workflow().ticket() + " was not decided in time; ask the operator, then retry")
                : failure;
    }

    /**
     * Removes uploads and bytes, except the parts of a failed copy that a retry can use; returns the time until which
     * they are kept. A refused deletion, in a region that is not proven to be this installation's or while a restore waits for its
     * confirmation, changes nothing: the copy ends all the same, and a retry begins again.
     */
    private @Nullable Instant clean(Copy copy) {
        try {
            return remove(copy);
        } catch (DeletionRefused notOurs) {
            return null;
        }
    }

    /**
     * Removes them.
     *
     * <p>Only a cancelled copy's finished object is deleted. That of a failed one is left to the sweeper, which deletes it
     * after a week, as a record that was restored from a backup may be wrong about the failure.
     *
     * <p>Another call may settle the same copy at the same time, and a retry may continue with its upload. That is
     * possible only while the upload is open. Then no object exists yet, so there is none to delete, and an object that
     * the retry creates from it belongs to the retry.
     */
    private @Nullable Instant remove(Copy copy) {
        var target = copy.target();
        var store = deletions.store();
        var requestedAt = copy.request().createdAt();
        var open = store.uploads(target.region(), target.key()).stream()
                .filter(upload -> upload.target().equals(target))
                .map(OpenUpload::id)
                .toList();
        var kept = keeps(copy) && copy.upload() != null && open.contains(copy.upload()) ? copy.upload() : null;
        if (copies.require(copy.id()).status().decided()) {
            // Abort before deleting: a running completion may turn an upload into an object until the abort.
            open.stream()
                    .filter(upload -> !upload.equals(kept))
                    .forEach(upload -> deletions.abort(target, upload, requestedAt));
            if (copy.status() == CopyStatus.CANCELLING) {
                deletions.delete(target, requestedAt);
            }
        }
        return kept == null ? null : clock.instant().plus(RESUMABLE);
    }

    private static boolean keeps(Copy copy) {
        var reason = copy.reason();
        return copy.status() == CopyStatus.FAILING
                && copy.transfer().checksum() == null
                && reason != null
                && !reason.code().equals(Reason.CORRUPT)
                && !reason.code().equals(Reason.CHECKSUM_MISMATCH)
                && !reason.code().equals(Reason.SOURCE_CHANGED);
    }
}
