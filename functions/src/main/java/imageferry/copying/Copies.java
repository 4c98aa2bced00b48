package imageferry.copying;

import static imageferry.ledger.Condition.all;
import static imageferry.ledger.Condition.is;
import static imageferry.ledger.Condition.lacks;
import static imageferry.ledger.Condition.oneOf;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Index;
import imageferry.ledger.Ledger;
import imageferry.ledger.Moments;
import imageferry.ledger.Query;
import imageferry.ledger.Selection;
import imageferry.ledger.Write;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.UploadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads copies, and writes the notes of a running workflow to its copy. */
public final class Copies {
    private final Ledger ledger;

    public Copies(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The copy of that id, of any account. */
    public Optional<Copy> find(CopyId id) {
        return ledger.read(CopyRecord.key(id)).map(CopyRecord::copy);
    }

    /** Returns the existing ones of these copies; at most 100. */
    public List<Copy> find(Collection<CopyId> ids) {
        var found = ledger.read(ids.stream().map(CopyRecord::key).toList());
        return ids.stream()
                .map(CopyRecord::key)
                .filter(found::containsKey)
                .map(found::get)
                .map(CopyRecord::copy)
                .toList();
    }

    /**
     * The copy that a step of the workflow works on.
     *
     * @throws IllegalStateException when there is none: executions are named by copies that exist
     */
    public Copy require(CopyId id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no copy " + id));
    }

    /**
     * The copy, if it is copying; a step that needs that has nothing to do where it is not.
     *
     * @throws IllegalStateException when there is none
     */
    public StepResult<Copy> copying(CopyId id) {
        var copy = require(id);
        return copy.status() == CopyStatus.COPYING ? new StepResult.Done<>(copy) : new StepResult.Stopped<>(copy);
    }

    /** Returns some of an account's copies, newest first. */
    public Listing listOf(AccountId owner, Selection selection, int limit, Query.@Nullable Position after) {
        return list(selection.query(CopyRecord.listOf(owner), limit).after(after));
    }

    /** Some of the copies that were made from an image, newest first. */
    public Listing madeFrom(ImageId source, int limit, Query.@Nullable Position after) {
        return list(Query.newestFirst(Index.ORIGIN, CopyRecord.originOf(source), limit)
                .after(after));
    }

    /** The last imports of an upload's key, newest first; the index may lag behind by moments. */
    public List<Copy> importsOf(Blob upload, int limit) {
        return list(Query.newestFirst(Index.ORIGIN, CopyRecord.originOf(upload), limit))
                .copies();
    }

    private Listing list(Query query) {
        var page = ledger.query(query);
        return new Listing(page.items().stream().map(CopyRecord::copy).toList(), page.next());
    }

    /** Copies that are not finished and did not change since, longest unchanged first. */
    public Listing unfinished(Instant changedBefore, int limit, Query.@Nullable Position after) {
        return list(Query.ascending(Index.UNFINISHED, CopyRecord.UNFINISHED_COPIES, limit)
                .before(Moments.sortable(changedBefore))
                .after(after));
    }

    /**
     * Notes the new upload of all the copy's parts. False when the copy is no longer copying, or continues with another upload
     * than when it was read.
     */
    public boolean opened(Copy copy, UploadId upload, Instant now) {
        var former = copy.upload() == null ? lacks(CopyRecord.UPLOAD_ID) : is(CopyRecord.UPLOAD_ID, copy.upload());
        return ledger.commit(List.of(changed(
                        copy.id(),
                        all(is(CopyRecord.STATUS, CopyStatus.COPYING), former),
                        now,
                        Change.put(CopyRecord.UPLOAD_ID, upload),
                        Change.remove(CopyRecord.BYTES_CHARGED),
                        Change.putEntry(CopyRecord.STEPS, Step.COPY_SNAPSHOT_PARTS, now))))
                .done();
    }

    /**
     * Notes once whether there is a base: a second search could find another base and count bytes as saved that the first
     * workers moved.
     */
    public void based(CopyId copy, @Nullable Base base, Instant now) {
        var changes = new ArrayList<>(List.of(Change.put(CopyRecord.BASE_SOUGHT, now)));
        if (base != null) {
            changes.add(Change.put(CopyRecord.BASE, CopyRecord.map(base)));
        }
        ledger.commit(List.of(changed(
                copy,
                all(is(CopyRecord.STATUS, CopyStatus.COPYING), lacks(CopyRecord.BASE_SOUGHT)),
                now,
                changes.toArray(Change[]::new))));
    }

    /** Notes the proven checksum of the finished snapshot; false when the copy is no longer copying. */
    public boolean proven(Copy copy, Checksum checksum, Instant now) {
        return ledger.commit(List.of(changed(
                        copy.id(),
                        is(CopyRecord.STATUS, CopyStatus.COPYING),
                        now,
                        Change.put(CopyRecord.CHECKSUM, checksum.value()),
                        Change.putEntry(CopyRecord.STEPS, Step.CREATE_IMAGE, now))))
                .done();
    }

    /**
     * Notes where the copy's execution is parked; false when its status or its token changed in between.
     *
     * @param copy as just read: its status must still be this one
     */
    public boolean parked(Copy copy, Wake wake, Instant now) {
        return ledger.commit(List.of(changed(
                        copy.id(), all(is(CopyRecord.STATUS, copy.status()), sameWake(copy)), now, park(copy, wake))))
                .done();
    }

    /** Removes the delivered tokens, which are spent, unless another one was registered in between. */
    public void woken(CopyId copy, Wake wake, Instant now) {
        ledger.commit(List.of(changed(
                copy,
                new Condition.EntryIs(CopyRecord.WAKE, "token", wake.token()),
                now,
                Change.remove(CopyRecord.WAKE))));
    }

    /** Ends the time in which a retry can take over the ended copy's upload; false when a retry has taken it over. */
    public boolean expired(Copy ended, Instant now) {
        var resumableUntil = Objects.requireNonNull(ended.end().resumableUntil());
        return ledger.commit(List.of(changed(
                        ended.id(),
                        is(CopyRecord.RESUMABLE_UNTIL, resumableUntil),
                        now,
                        Change.remove(CopyRecord.RESUMABLE_UNTIL))))
                .done();
    }

    /** Marks the ended copy as finished, unless an upload is still kept or a share still due. */
    public void finished(CopyId ended, Instant now) {
        ledger.commit(List.of(changed(
                ended,
                all(lacks(CopyRecord.RESUMABLE_UNTIL), lacks(CopyRecord.SHARES_DUE)),
                now,
                Change.remove(CopyRecord.UNFINISHED))));
    }

    /** Notes that a step of the workflow has begun; false when the copy is no longer copying. */
    public boolean began(CopyId copy, Step step, Instant now) {
        return ledger.commit(List.of(changed(
                        copy,
                        is(CopyRecord.STATUS, CopyStatus.COPYING),
                        now,
                        Change.putEntry(CopyRecord.STEPS, step, now))))
                .done();
    }

    /**
     * Marks the requested share as given, or as permanently refused. It happens once, even if the share is taken back later.
     */
    public static Write shareSettled(CopyId available, AccountId account, Instant now) {
        return changed(
                available,
                new Condition.Contains(CopyRecord.SHARES_DUE, account.value()),
                now,
                Change.exclude(CopyRecord.SHARES_DUE, account));
    }

    /** Holds while the copy has that status. */
    public static Write still(Copy copy, CopyStatus status) {
        return Write.check(CopyRecord.key(copy.id()), is(CopyRecord.STATUS, status));
    }

    public static Write created(Copy copy) {
        return Write.create(CopyRecord.key(copy.id()), CopyRecord.item(copy));
    }

    /** Registers a token, under the condition of {@link #sameWake}. */
    public static Change park(Copy copy, Wake wake) {
        return Change.put(
                CopyRecord.WAKE, CopyRecord.map(wake.after(copy.workflow().wake())));
    }

    /** Requires that no token was registered or delivered since the copy was read. */
    public static Condition sameWake(Copy copy) {
        var wake = copy.workflow().wake();
        return wake == null ? lacks(CopyRecord.WAKE) : new Condition.EntryIs(CopyRecord.WAKE, "token", wake.token());
    }

    /** A change that moves the copy to another status. */
    public static Write moved(Copy copy, CopyStatus to, Condition condition, Instant now, Change... besides) {
        var changes = new ArrayList<>(CopyRecord.status(copy, to));
        changes.addAll(List.of(besides));
        return changed(copy.id(), condition, now, changes.toArray(Change[]::new));
    }

    /** A change of a copy under a condition; every change notes its time, which the sweeper's index is ordered by. */
    public static Write changed(CopyId id, Condition condition, Instant now, Change... changes) {
        var all = new ArrayList<>(Arrays.asList(changes));
        all.add(Change.put(CopyRecord.CHANGED_AT, now));
        return Write.update(CopyRecord.key(id), all(Condition.exists(), condition), all);
    }

    /** Decides the end and its reason: once, from a live status. */
    public static Write decided(
            Copy copy, CopyStatus decided, Reason reason, String by, Instant now, Change... besides) {
        var changes = new ArrayList<>(List.of(
                Change.put(CopyRecord.REASON, CopyRecord.map(reason)),
                Change.put(CopyRecord.ENDED_BY, by),
                Change.putEntry(CopyRecord.STEPS, Step.SETTLE_COPY, now)));
        changes.addAll(List.of(besides));
        return moved(copy, decided, oneOf(CopyRecord.STATUS, CopyStatus.LIVE), now, changes.toArray(Change[]::new));
    }

    /** A retry continues with the upload of this ended copy, unless that was given up in between. */
    public static Write continued(Copy ended, CopyId retry, Instant now) {
        return changed(
                ended.id(),
                all(
                        is(CopyRecord.STATUS, ended.status()),
                        is(
                                CopyRecord.RESUMABLE_UNTIL,
                                Objects.requireNonNull(ended.end().resumableUntil())),
                        is(CopyRecord.UPLOAD_ID, Objects.requireNonNull(ended.upload()))),
                now,
                Change.remove(CopyRecord.RESUMABLE_UNTIL),
                Change.remove(CopyRecord.UNFINISHED),
                Change.put(CopyRecord.CONTINUED_BY, retry));
    }

    /** Some copies of a list and where to go on. */
    public record Listing(List<Copy> copies, Query.@Nullable Position next) {
        public Listing {
            copies = List.copyOf(copies);
        }
    }
}
