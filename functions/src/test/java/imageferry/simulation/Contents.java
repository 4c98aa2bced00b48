package imageferry.simulation;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.InMemorySnapshotStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The bytes of every object that ever existed, by its ETag. */
final class Contents {
    private final InMemorySnapshotStore store;
    private final Map<String, byte[]> byTag = new HashMap<>();
    private final Map<Blob, String> last = new HashMap<>();

    Contents(InMemorySnapshotStore store) {
        this.store = store;
    }

    void note(Blob blob) {
        store.look(blob).ifPresent(facts -> {
            byTag.put(facts.eTag(), store.read(blob));
            last.put(blob, facts.eTag());
        });
    }

    /** A user deleted the object. */
    void taken(Blob blob) {
        last.remove(blob);
    }

    /** Returns whether the object with that ETag was the last one put there, and only the service has removed it. */
    boolean isLast(Blob blob, String eTag) {
        return eTag.equals(last.get(blob));
    }

    /** Returns whether an object exists and has the same bytes as the object with that ETag. */
    boolean areOf(String region, String key, String eTag) {
        var blob = new Blob(new Region(region), key);
        return store.look(blob).isPresent() && Arrays.equals(store.read(blob), byTag.get(eTag));
    }
}
