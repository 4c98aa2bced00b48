package imageferry.simulation;

import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoredBlob;
import imageferry.snapshot.UploadId;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store in which each byte represents a MiB, so that images of many parts are small. Sizes are whole MiB here. */
final class MebibyteStore implements SnapshotStore {
    private static final long MIB = 1L << 20;

    private final InMemorySnapshotStore store;

    MebibyteStore(InMemorySnapshotStore store) {
        this.store = store;
    }

    @Override
    public Optional<BlobFacts> look(Blob blob) {
        return store.look(blob).map(facts -> new BlobFacts(facts.sizeBytes() * MIB, facts.eTag(), facts.metadata()));
    }

    @Override
    public Optional<String> wholeSha256(Blob blob, String eTag) {
        return store.wholeSha256(blob, eTag);
    }

    @Override
    public Map<String, String> tags(Blob blob) {
        return store.tags(blob);
    }

    @Override
    public void tag(Blob blob, Map<String, String> tags) {
        store.tag(blob, tags);
    }

    @Override
    public Optional<String> text(Blob blob) {
        return store.text(blob);
    }

    @Override
    public void createText(Blob blob, String text) {
        store.createText(blob, text);
    }

    @Override
    public void replaceText(Blob blob, String text) {
        store.replaceText(blob, text);
    }

    @Override
    public byte[] read(Blob blob, String eTag, long first, int length) {
        var from = first / MIB;
        var small = store.read(blob, eTag, from, (int) ((first + length - 1) / MIB - from) + 1);
        var large = new byte[length];
        for (var i = 0; i < small.length; i++) {
            var begin = Math.max(0, (from + i) * MIB - first);
            var end = Math.min(length, (from + i + 1) * MIB - first);
            Arrays.fill(large, (int) begin, (int) end, small[i]);
        }
        return large;
    }

    @Override
    public List<Part> parts(Blob blob, int expected) {
        return store.parts(blob, expected).stream().map(MebibyteStore::large).toList();
    }

    @Override
    public UploadId open(Blob target, Map<String, String> metadata) {
        return store.open(target, metadata);
    }

    @Override
    public List<OpenUpload> uploads(Region region, String keyPrefix) {
        return store.uploads(region, keyPrefix);
    }

    @Override
    public List<Part> uploadedParts(Blob target, UploadId upload, int first, int last) {
        return store.uploadedParts(target, upload, first, last).stream()
                .map(MebibyteStore::large)
                .toList();
    }

    @Override
    public Part copyPart(PartCopy copy) {
        return large(store.copyPart(small(copy)));
    }

    /** The next copy of that part arrives with one bit flipped. */
    void flipNextCopyOf(int part) {
        store.flipNextCopyOf(part);
    }

    /** The part of a copy in progress when its upload was aborted. */
    void landAfterAbort(PartCopy copy) {
        store.landAfterAbort(small(copy));
    }

    private static PartCopy small(PartCopy copy) {
        return new PartCopy(
                copy.source(),
                copy.sourceETag(),
                copy.target(),
                copy.upload(),
                copy.number(),
                copy.sizeBytes() / MIB,
                small(copy.range()));
    }

    private static PartCopy.@Nullable ByteRange small(PartCopy.@Nullable ByteRange range) {
        return range == null ? null : new PartCopy.ByteRange(range.first() / MIB, (range.last() + 1) / MIB - 1);
    }

    @Override
    public void complete(Blob target, UploadId upload, List<Part> parts, long sizeBytes) {
        var small = parts.stream()
                .map(part -> new Part(part.number(), part.sizeBytes() / MIB, part.sha256(), part.eTag()))
                .toList();
        store.complete(target, upload, small, sizeBytes / MIB);
    }

    private static Part large(Part part) {
        return new Part(part.number(), part.sizeBytes() * MIB, part.sha256(), part.eTag());
    }

    @Override
    public void abort(Blob target, UploadId upload) {
        store.abort(target, upload);
    }

    @Override
    public void delete(Blob blob) {
        store.delete(blob);
    }

    @Override
    public void deleteUnchanged(Blob blob, String eTag) {
        store.deleteUnchanged(blob, eTag);
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix) {
        return inBytes(store.list(region, keyPrefix));
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix, String after, int most) {
        return inBytes(store.list(region, keyPrefix, after, most));
    }

    private static List<StoredBlob> inBytes(List<StoredBlob> listed) {
        return listed.stream()
                .map(stored -> new StoredBlob(stored.blob(), stored.sizeBytes() * MIB, stored.storedAt()))
                .toList();
    }

    @Override
    public URI link(Blob blob, Duration validFor, String fileName) {
        return store.link(blob, validFor, fileName);
    }
}
