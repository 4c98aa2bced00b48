package imageferry.simulation;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.StoredBlob;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The store, called through the simulated wire. Reports changes of bytes to a watcher. */
final class WiredStore implements SnapshotStore {
    private final SnapshotStore store;
    private final MebibyteStore buckets;
    private final Wire wire;
    private final VirtualThreads strands;
    private final FaultInjector troubles;
    private final BytesWatch watch;
    /** The time of each upload's last abort. */
    private final Map<UploadId, Long> aborted = new HashMap<>();

    /**
     * Wires a store.
     *
     * @param buckets contains all objects
     * @param store changes the buckets, faithfully or with a defect
     */
    WiredStore(
            MebibyteStore buckets,
            SnapshotStore store,
            Wire wire,
            VirtualThreads strands,
            FaultInjector troubles,
            BytesWatch watch) {
        this.store = store;
        this.buckets = buckets;
        this.wire = wire;
        this.strands = strands;
        this.troubles = troubles;
        this.watch = watch;
    }

    private <T> T call(String what, Object about, Supplier<T> effect) {
        return wire.call(what, about, effect, StoreUnavailable::new);
    }

    private void act(String what, Object about, Runnable effect) {
        call(what, about, () -> {
            effect.run();
            return "done";
        });
    }

    @Override
    public Optional<BlobFacts> look(Blob blob) {
        return call("Store.look", blob, () -> store.look(blob));
    }

    @Override
    public Optional<String> wholeSha256(Blob blob, String eTag) {
        return call("Store.wholeSha256", blob, () -> store.wholeSha256(blob, eTag));
    }

    @Override
    public Map<String, String> tags(Blob blob) {
        return call("Store.tags", blob, () -> store.tags(blob));
    }

    @Override
    public void tag(Blob blob, Map<String, String> tags) {
        call("Store.tag", blob, () -> {
            store.tag(blob, tags);
            return tags;
        });
    }

    @Override
    public Optional<String> text(Blob blob) {
        return call("Store.text", blob, () -> store.text(blob));
    }

    @Override
    public void createText(Blob blob, String text) {
        act("Store.createText", blob, () -> store.createText(blob, text));
    }

    @Override
    public void replaceText(Blob blob, String text) {
        act("Store.replaceText", blob, () -> store.replaceText(blob, text));
    }

    @Override
    public byte[] read(Blob blob, String eTag, long first, int length) {
        return call("Store.read", blob, () -> store.read(blob, eTag, first, length));
    }

    @Override
    public List<Part> parts(Blob blob, int expected) {
        return call("Store.parts", blob, () -> store.parts(blob, expected));
    }

    @Override
    public UploadId open(Blob target, Map<String, String> metadata) {
        return call("Store.open", target, () -> store.open(target, metadata));
    }

    @Override
    public List<OpenUpload> uploads(Region region, String keyPrefix) {
        return call("Store.uploads", keyPrefix, () -> store.uploads(region, keyPrefix));
    }

    @Override
    public List<Part> uploadedParts(Blob target, UploadId upload, int first, int last) {
        return call("Store.uploadedParts", upload, () -> store.uploadedParts(target, upload, first, last));
    }

    @Override
    public Part copyPart(PartCopy copy) {
        var caller = strands.running();
        var begun = strands.now();
        return call(Wire.COPY_PART, copy, () -> {
            var place = caller.name() + " " + copy;
            if (copy.source().key().startsWith(Blob.SNAPSHOTS)
                    && troubles.happens(OutsideFault.FLIPPED_BIT, place, caller.chance())) {
                buckets.flipNextCopyOf(copy.number());
            }
            try {
                var part = store.copyPart(copy);
                watch.arrived(copy);
                return part;
            } catch (UploadGone gone) {
                if (aborted.getOrDefault(copy.upload(), -1L) >= begun
                        && troubles.happens(
                                OutsideFault.LANDED_AFTER_ABORT, caller.name() + " " + copy, caller.chance())) {
                    buckets.landAfterAbort(copy);
                }
                throw gone;
            } finally {
                // A copy that did not happen leaves no flipped bit to another one.
                buckets.flipNextCopyOf(0);
            }
        });
    }

    @Override
    public void complete(Blob target, UploadId upload, List<Part> parts, long sizeBytes) {
        act("Store.complete", target, () -> {
            store.complete(target, upload, parts, sizeBytes);
            watch.stored(target);
        });
    }

    @Override
    public void abort(Blob target, UploadId upload) {
        act("Store.abort", upload, () -> {
            watch.aborting(target, upload);
            aborted.put(upload, strands.now());
            store.abort(target, upload);
        });
    }

    @Override
    public void delete(Blob blob) {
        act("Store.delete", blob, () -> {
            watch.deleting(blob);
            store.delete(blob);
        });
    }

    @Override
    public void deleteUnchanged(Blob blob, String eTag) {
        act("Store.deleteUnchanged", blob, () -> store.deleteUnchanged(blob, eTag));
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix) {
        return call("Store.list", keyPrefix, () -> store.list(region, keyPrefix));
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix, String after, int most) {
        return call("Store.list", after, () -> store.list(region, keyPrefix, after, most));
    }

    @Override
    public URI link(Blob blob, Duration validFor, String fileName) {
        return store.link(blob, validFor, fileName);
    }
}
