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
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way out for a copy that will not become available. It first wins the decision, unless somebody else has; only
 * then is anything removed; last, one transaction gives back all that the copy held. Safe to run any number of times.
 */
public final class SettleCopy {
    /** How long the parts of a failed copy are kept for a retry to take over. */
    static final Duration RESUMABLE = Duration.ofHours(24);

    private final Ledger ledger;
    private final Copies copies;
    private final SnapshotStore store;
    private final Release release;
    private final GrantSlots granting;
    private final InstantSource clock;

    public SettleCopy(
            Ledger ledger,
            Copies copies,
            SnapshotStore store,
            Release release,
            GrantSlots granting,
            InstantSource clock) {
        this.ledger = ledger;
        this.copies = copies;
        this.store = store;
        this.release = release;
        this.granting = granting;
        this.clock = clock;
    }

    /**
     * Settles.
     *
     * @param failure why, in case nobody has decided yet
     * @return how the copy ended: {@code Available}, {@code Cancelled} or {@code Failed}
     * @throws LedgerUnavailable when the copy changed in each of ten turns
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
                        "Nobody decided on ticket " + copy.workflow().ticket() + " in time; retry")
                : failure;
    }

    /**
     * Removes what was made, but for the parts of a failed copy that a retry can use; answers until when.
     *
     * <p>Others may settle the same copy meanwhile, and a retry go on with its upload. That can only be where the upload
     * is still open; then no object was made of it yet, so there is none to delete, and whatever the retry makes of it
     * is the retry's.
     */
    private @Nullable Instant clean(Copy copy) {
        var target = copy.target();
        var open = store.uploads(target.region(), target.key()).stream()
                .filter(upload -> upload.target().equals(target))
                .map(OpenUpload::id)
                .toList();
        var kept = keeps(copy) && copy.upload() != null && open.contains(copy.upload()) ? copy.upload() : null;
        if (copies.require(copy.id()).status().decided()) {
            // Aborted first: what a completion under way makes of an upload before that is an object, and deleted next.
            open.stream().filter(upload -> !upload.equals(kept)).forEach(upload -> store.abort(target, upload));
            if (kept == null) {
                store.delete(target);
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
