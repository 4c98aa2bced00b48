package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.Reason;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.ledger.Ledger;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UnreadableObject;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;

/**
 * Reports the reason of a refused import to the owner of the upload, as no caller waits for an answer. It writes a
 * failed copy, whose change is published like any other, and a tag on the upload.
 */
record RefusedImports(Ledger ledger, UploadEvents events, SnapshotStore store, InstantSource clock, Ids ids) {
    static final String TAG = "imageferry-refused";

    private static final int MOST_TAGS = 10;
    private static final int LONGEST_VALUE = 256;

    /** Returns the failed copy; or, if an earlier event of the same upload led to a copy, that one, in any status. */
    CopyId put(Caller caller, UploadEvent event, Reason reason) {
        var copy = NewCopy.refused(CopyId.random(ids), caller, event, reason, clock.instant());
        ledger.commit(List.of(
                Copies.created(copy),
                events.remembered(caller, event, copy.id(), copy.request().createdAt())));
        return events.answered(caller, event).orElseThrow();
    }

    /**
     * Tags the upload, if it is still there and has room for one more tag. S3 changes all tags of an object at once and
     * under no condition: an object uploaded or tagged between the look and the tagging may get or lose a tag.
     */
    void tag(UploadEvent event, Reason reason) {
        if (!isThere(event)) {
            return;
        }
        var tags = new TreeMap<>(store.tags(event.blob()));
        var text = text(reason);
        if (text.equals(tags.put(TAG, text)) || tags.size() > MOST_TAGS) {
            return;
        }
        try {
            store.tag(event.blob(), tags);
        } catch (StoreRefused _) {
            // Ignore the refusal by a bucket with the policy of an earlier release: the copy and its event report the
            // same.
        }
    }

    private boolean isThere(UploadEvent event) {
        try {
            return store.look(event.blob()).filter(event::isOf).isPresent();
        } catch (UnreadableObject _) {
            // Assume that it exists: reading its ETag also needs the uploader's key.
            return true;
        }
    }

    /** Returns the text with only the characters that a tag allows. */
    private static String text(Reason reason) {
        var text = reason.toString()
                .replaceAll("[^\\p{L}\\p{N} +\\-=._:/@]+", " ")
                .replaceAll(" +", " ")
                .strip();
        return text.substring(
                        0, text.offsetByCodePoints(0, Math.min(LONGEST_VALUE, text.codePointCount(0, text.length()))))
                .strip();
    }
}
