package imageferry.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import imageferry.region.Region;
import imageferry.snapshot.Faults.Call;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Keeps snapshots in memory under the contract of the one on S3, and fails on request. For many threads. */
public final class InMemorySnapshotStore implements SnapshotStore {
    private final Map<Blob, StoredObject> objects = new ConcurrentHashMap<>();
    private final Map<Blob, Map<String, String>> tags = new ConcurrentHashMap<>();
    /** By ETag, for objects that have one. */
    private final Map<String, String> wholeSha256 = new ConcurrentHashMap<>();

    private final Map<UploadId, StoredUpload> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Faults faults = new Faults();
    private final InstantSource clock;
    private volatile int flipped;
    private volatile boolean checksums = true;

    public InMemorySnapshotStore(InstantSource clock) {
        this.clock = clock;
    }

    public Faults faults() {
        return faults;
    }

    /** The next copy of that part arrives with one bit flipped. */
    public void flipNextCopyOf(int part) {
        flipped = part;
    }

    /** From now on parts arrive without a checksum. */
    public void forgetChecksums() {
        checksums = false;
    }

    /** Stores bytes as one whole, as a plain upload does. */
    public void put(Blob blob, Bytes bytes) {
        tags.remove(blob);
        objects.put(
                blob,
                new StoredObject(bytes, "\"e-" + ids.incrementAndGet() + "\"", List.of(), Map.of(), clock.instant()));
    }

    /** Stores bytes as one whole, with S3's own SHA-256 of it. */
    public void putWithSha256(Blob blob, Bytes bytes) {
        put(blob, bytes);
        wholeSha256.put(objects.get(blob).eTag(), bytes.sha256());
    }

    /** Gives an object user metadata, as its uploader does. */
    public void describe(Blob blob, Map<String, String> metadata) {
        objects.computeIfPresent(
                blob,
                (same, object) -> new StoredObject(
                        object.bytes(), object.eTag(), object.parts(), Map.copyOf(metadata), object.storedAt()));
    }

    /** The bytes of an object. */
    public byte[] read(Blob blob) {
        return objects.get(blob).bytes().copy();
    }

    /** The ETag of an object, if it exists. Not a call of the port. */
    public Optional<String> stored(Blob blob) {
        return Optional.ofNullable(objects.get(blob)).map(StoredObject::eTag);
    }

    @Override
    public Optional<BlobFacts> look(Blob blob) {
        return faults.around(
                Call.LOOK,
                () -> Optional.ofNullable(objects.get(blob))
                        .map(object -> new BlobFacts(object.bytes().length(), object.eTag(), object.metadata())));
    }

    @Override
    public Optional<String> wholeSha256(Blob blob, String eTag) {
        return faults.around(Call.LOOK, () -> {
            var object = objects.get(blob);
            if (object == null || !object.eTag().equals(eTag)) {
                throw new SourceChanged(blob + " is gone or was overwritten");
            }
            return Optional.ofNullable(wholeSha256.get(eTag));
        });
    }

    @Override
    public Map<String, String> tags(Blob blob) {
        return faults.around(Call.TAGS, () -> objects.containsKey(blob) ? tags.getOrDefault(blob, Map.of()) : Map.of());
    }

    @Override
    public void tag(Blob blob, Map<String, String> words) {
        faults.around(Call.TAG, () -> objects.containsKey(blob) ? tags.put(blob, Map.copyOf(words)) : null);
    }

    @Override
    public byte[] read(Blob blob, String eTag, long first, int length) {
        return faults.around(Call.READ, () -> {
            var object = objects.get(blob);
            if (object == null || !object.eTag().equals(eTag)) {
                throw new SourceChanged(blob + " is gone or was overwritten");
            }
            return object.bytes().slice(first, first + length - 1).copy();
        });
    }

    @Override
    public List<Part> parts(Blob blob, int expected) {
        return faults.around(
                Call.PARTS,
                () -> Optional.ofNullable(objects.get(blob))
                        .map(StoredObject::parts)
                        .filter(parts -> parts.stream().allMatch(Part::hasSha256))
                        .orElse(List.of()));
    }

    @Override
    public UploadId open(Blob target, Map<String, String> metadata) {
        return faults.around(Call.OPEN, () -> {
            var id = new UploadId("u-" + ids.incrementAndGet());
            uploads.put(id, new StoredUpload(target, metadata, clock.instant()));
            return id;
        });
    }

    @Override
    public List<OpenUpload> uploads(Region region, String keyPrefix) {
        return faults.around(
                Call.UPLOADS,
                () -> uploads.entrySet().stream()
                        .map(entry -> new OpenUpload(
                                entry.getValue().target(),
                                entry.getKey(),
                                entry.getValue().openedAt()))
                        .filter(upload -> begins(upload.target(), region, keyPrefix))
                        .sorted(Comparator.comparing(upload -> upload.target().key()))
                        .toList());
    }

    @Override
    public List<Part> uploadedParts(Blob target, UploadId upload, int first, int last) {
        return faults.around(
                Call.UPLOADED_PARTS,
                () -> require(target, upload).parts().stream()
                        .filter(part -> part.number() >= first && part.number() <= last)
                        .toList());
    }

    /** All of them. */
    public List<Part> uploadedParts(Blob target, UploadId upload) {
        return uploadedParts(target, upload, 1, PartPlan.MAX_PARTS);
    }

    @Override
    public Part copyPart(PartCopy copy) {
        return faults.around(Call.COPY_PART, () -> {
            var upload = require(copy.target(), copy.upload());
            var source = objects.get(copy.source());
            if (source == null || !source.eTag().equals(copy.sourceETag())) {
                throw new SourceChanged("The source of " + copy + " is gone or was overwritten");
            }
            var range = copy.range();
            var bytes = range == null ? source.bytes() : source.bytes().slice(range.first(), range.last());
            return upload.receive(copy.number(), damaged(copy.number(), bytes), checksums);
        });
    }

    /** A part in progress when its upload was aborted arrives. The store keeps both until they are aborted again. */
    public void landAfterAbort(PartCopy copy) {
        uploads.putIfAbsent(copy.upload(), new StoredUpload(copy.target(), Map.of(), clock.instant()));
        copyPart(copy);
    }

    private Bytes damaged(int number, Bytes bytes) {
        if (number != flipped) {
            return bytes;
        }
        flipped = 0;
        return bytes.flipped();
    }

    @Override
    public void complete(Blob target, UploadId upload, List<Part> parts, long sizeBytes) {
        act(Call.COMPLETE, () -> {
            var received = require(target, upload);
            var object = received.joined(parts, sizeBytes, "\"m-" + ids.incrementAndGet() + "\"", clock.instant());
            if (objects.putIfAbsent(target, object) != null) {
                throw new UploadGone("An object of that key exists: " + target);
            }
            uploads.remove(upload);
        });
    }

    @Override
    public void abort(Blob target, UploadId upload) {
        act(Call.ABORT, () -> uploads.remove(upload));
    }

    @Override
    public void delete(Blob blob) {
        act(Call.DELETE, () -> objects.remove(blob));
    }

    @Override
    public void deleteUnchanged(Blob blob, String eTag) {
        act(
                Call.DELETE,
                () -> objects.computeIfPresent(
                        blob, (same, object) -> object.eTag().equals(eTag) ? null : object));
    }

    private void act(Call call, Runnable act) {
        Supplier<Boolean> acted = () -> {
            act.run();
            return true;
        };
        faults.around(call, acted);
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix) {
        return faults.around(
                Call.LIST, () -> List.copyOf(byKey(region, keyPrefix).values()));
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix, String after, int most) {
        return faults.around(
                Call.LIST,
                () -> byKey(region, keyPrefix).values().stream()
                        .filter(stored -> stored.blob().key().compareTo(after) > 0)
                        .limit(most)
                        .toList());
    }

    @Override
    public Optional<String> text(Blob blob) {
        return faults.around(
                Call.TEXT,
                () -> Optional.ofNullable(objects.get(blob))
                        .map(object -> new String(object.bytes().copy(), UTF_8)));
    }

    @Override
    public void createText(Blob blob, String text) {
        act(Call.TEXT, () -> objects.putIfAbsent(blob, object(text)));
    }

    @Override
    public void replaceText(Blob blob, String text) {
        act(Call.TEXT, () -> objects.put(blob, object(text)));
    }

    private StoredObject object(String text) {
        var bytes = Bytes.of(text.getBytes(UTF_8));
        return new StoredObject(bytes, "\"e-" + ids.incrementAndGet() + "\"", List.of(), Map.of(), clock.instant());
    }

    private Map<String, StoredBlob> byKey(Region region, String keyPrefix) {
        var found = new TreeMap<String, StoredBlob>();
        objects.forEach((blob, object) -> {
            if (begins(blob, region, keyPrefix)) {
                found.put(blob.key(), new StoredBlob(blob, object.bytes().length(), object.storedAt()));
            }
        });
        return found;
    }

    private static boolean begins(Blob blob, Region region, String keyPrefix) {
        return blob.region().equals(region) && blob.key().startsWith(keyPrefix);
    }

    @Override
    public URI link(Blob blob, Duration validFor, String fileName) {
        return URI.create("memory://" + blob.region() + "/" + blob.key() + "?as=" + fileName + "&for=" + validFor);
    }

    private StoredUpload require(Blob target, UploadId upload) {
        var found = uploads.get(upload);
        if (found == null || !found.target().equals(target)) {
            throw new UploadGone("There is no upload " + upload + " of " + target);
        }
        return found;
    }
}
