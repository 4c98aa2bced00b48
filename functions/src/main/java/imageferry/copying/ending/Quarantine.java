package imageferry.copying.ending;

import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that no image needs, and since when. The time is stored twice, as a tag of the object and in the table. A
 * snapshot is due only if both agree, so a table that was restored from a backup starts the time again.
 */
public record Quarantine(Ledger ledger, SnapshotStore store) {
    /** The time that a snapshot stays in quarantine. */
    public static final Duration GRACE = Duration.ofDays(7);

    static final String TAG = "imageferry-orphan-since";

    private static final int PAGE = 1_000;
    private static final String SINCE = "since";
    private static final String KEY = "key";

    /** The snapshots in quarantine of one region, with the times since when. */
    Map<Blob, Instant> of(Region region) {
        var found = new HashMap<Blob, Instant>();
        Query.@Nullable Position after = null;
        do {
            var page = ledger.query(Query.partition(partition(region), "", PAGE).after(after));
            page.items().forEach(item -> found.put(new Blob(region, item.text(KEY)), item.instant(SINCE)));
            after = page.next();
        } while (after != null);
        return found;
    }

    void add(Blob blob, Instant now) {
        store.tag(blob, Map.of(TAG, now.toString()));
        var record = Item.empty().with(KEY, blob.key()).with(SINCE, now);
        ledger.commit(List.of(new Write.Put(key(blob), record, Condition.always())));
    }

    /** Returns whether the object's tag agrees with the record. */
    boolean isTagged(Blob blob, Instant since) {
        return since.toString().equals(store.tags(blob).get(TAG));
    }

    /** Takes a snapshot out that is needed again. */
    void release(Blob blob) {
        store.tag(blob, Map.of());
        forget(blob);
    }

    /** Removes the record of a snapshot that no longer exists. */
    void forget(Blob blob) {
        ledger.commit(List.of(Write.delete(key(blob))));
    }

    private static Key key(Blob blob) {
        return new Key(partition(blob.region()), blob.key());
    }

    private static String partition(Region region) {
        return "ORPHANS#" + region;
    }
}
