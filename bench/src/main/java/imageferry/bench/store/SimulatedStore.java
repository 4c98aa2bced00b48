package imageferry.bench.store;

import imageferry.bench.store.SimulatedS3.NamedPart;
import imageferry.bench.store.SimulatedS3.Origin;
import imageferry.bench.store.SimulatedS3.Place;
import imageferry.bench.store.SimulatedS3.Range;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.StoredBlob;
import imageferry.snapshot.UploadGone;
import imageferry.snapshot.UploadId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engine's port on a simulated S3 without HTTP, for virtual time. It sends the same requests, page by page, as the
 * deployed adapter; a test compares the two.
 */
public final class SimulatedStore implements SnapshotStore {
    private static final int PAGE = 1_000;

    private final SimulatedS3 s3;
    private final Regions regions;

    public SimulatedStore(SimulatedS3 s3, Regions regions) {
        this.s3 = s3;
        this.regions = regions;
    }

    @FunctionalInterface
    private interface Call<T> {
        T answer() throws InterruptedException;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted", e);
        } catch (SimulatedS3Exception e) {
            throw switch (e.code()) {
                case "NoSuchUpload" -> new UploadGone(e.reason(), e);
                case "SlowDown", "InternalError", SimulatedS3Exception.NO_ANSWER -> new StoreUnavailable(e.code(), e);
                case "PreconditionFailed" -> new SourceChanged(e.reason(), e);
                default -> new StoreRefused(e.code() + ": " + e.reason(), e);
            };
        }
    }

    private Place place(Blob blob) {
        return new Place(regions.bucket(blob.region()), blob.key());
    }

    private static <T> Optional<T> present(Call<T> call) {
        return call(() -> {
            try {
                return Optional.of(call.answer());
            } catch (SimulatedS3Exception e) {
                if (e.status() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<BlobFacts> look(Blob blob) {
        return present(() -> s3.look(Request.HEAD_OBJECT, place(blob)))
                .map(object -> new BlobFacts(object.sizeBytes(), object.eTag(), Map.of()));
    }

    /** Empty: the uploads here ask for no checksum of the whole object. */
    @Override
    public Optional<String> wholeSha256(Blob blob, String eTag) {
        call(() -> s3.look(Request.HEAD_OBJECT, place(blob)));
        return Optional.empty();
    }

    @Override
    public Map<String, String> tags(Blob blob) {
        call(() -> s3.look(Request.GET_TAGS, place(blob)));
        return Map.of();
    }

    @Override
    public void tag(Blob blob, Map<String, String> tags) {
        call(() -> s3.look(Request.PUT_TAGS, place(blob)));
    }

    @Override
    public Optional<String> text(Blob blob) {
        return Optional.of(call(s3::owner));
    }

    @Override
    public void createText(Blob blob, String text) {
        throw new UnsupportedOperationException("All buckets have an owner");
    }

    @Override
    public void replaceText(Blob blob, String text) {
        throw new UnsupportedOperationException("All buckets have an owner");
    }

    @Override
    public byte[] read(Blob blob, String eTag, long first, int length) {
        throw new UnsupportedOperationException("A copy does not read bytes");
    }

    @Override
    public List<Part> parts(Blob blob, int expected) {
        var object = present(() -> s3.look(Request.GET_ATTRIBUTES, place(blob)));
        if (object.isEmpty()) {
            return List.of();
        }
        var parts = object.get().parts();
        otherPages(Request.GET_ATTRIBUTES, expected);
        return parts.stream()
                .map(part -> new Part(part.number(), part.sizeBytes(), part.sha256(), ""))
                .toList();
    }

    /** Counts the further pages, which are fetched while the first one is. */
    private void otherPages(Request request, int parts) {
        for (var shown = PAGE; shown < parts; shown += PAGE) {
            s3.alongside(request);
        }
    }

    @Override
    public UploadId open(Blob target, Map<String, String> metadata) {
        return new UploadId(call(() -> s3.open(place(target), true)).id());
    }

    @Override
    public List<OpenUpload> uploads(Region region, String keyPrefix) {
        return call(() -> s3.uploads(regions.bucket(region), keyPrefix)).stream()
                .map(upload -> new OpenUpload(
                        new Blob(region, upload.target().key()), new UploadId(upload.id()), Instant.EPOCH))
                .toList();
    }

    @Override
    public List<Part> uploadedParts(Blob target, UploadId upload, int first, int last) {
        var parts = call(() -> s3.upload(upload.value())).parts().values();
        otherPages(Request.LIST_PARTS, last - first + 1);
        return parts.stream()
                .filter(part -> part.number() >= first && part.number() <= last)
                .map(part -> new Part(part.number(), part.sizeBytes(), part.sha256(), part.eTag()))
                .toList();
    }

    @Override
    public Part copyPart(PartCopy copy) {
        var part = call(() -> s3.copyPart(
                copy.upload().value(),
                copy.number(),
                new Origin(place(copy.source()), Optional.of(copy.sourceETag())),
                Optional.ofNullable(copy.range()).map(range -> new Range(range.first(), range.last())),
                PartCopy.LONGEST));
        return new Part(part.number(), part.sizeBytes(), part.sha256(), part.eTag());
    }

    @Override
    public void complete(Blob target, UploadId upload, List<Part> parts, long sizeBytes) {
        var named = parts.stream()
                .map(part -> new NamedPart(part.number(), part.eTag(), Optional.of(part.sha256())))
                .toList();
        call(() -> s3.complete(upload.value(), named, true));
    }

    @Override
    public void abort(Blob target, UploadId upload) {
        call(() -> {
            s3.abort(upload.value());
            return "";
        });
    }

    @Override
    public void delete(Blob blob) {
        call(() -> {
            s3.delete(place(blob));
            return "";
        });
    }

    @Override
    public void deleteUnchanged(Blob blob, String eTag) {
        delete(blob);
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix) {
        return call(() -> s3.list(regions.bucket(region), keyPrefix)).stream()
                .map(entry -> new StoredBlob(
                        new Blob(region, entry.getKey().key()), entry.getValue().sizeBytes(), Instant.EPOCH))
                .toList();
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix, String after, int most) {
        return list(region, keyPrefix).stream()
                .filter(stored -> stored.blob().key().compareTo(after) > 0)
                .limit(most)
                .toList();
    }

    @Override
    public URI link(Blob blob, Duration validFor, String fileName) {
        throw new UnsupportedOperationException("A copy does not create links");
    }
}
