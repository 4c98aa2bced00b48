package imageferry.bench.store;

import imageferry.bench.timing.Calibration;
import imageferry.bench.timing.RequestTiming;
import imageferry.bench.timing.Time;
import imageferry.copying.CopyScene;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Simulated S3 that holds no bytes and takes the time of its calibration. It supports the requests that copying needs:
 * each waits, then does what S3 does. Buckets need not be created.
 */
public final class SimulatedS3 {
    private static final long MIN_PART_BYTES = 5L << 20;
    /** Largest object that one CopyObject can copy. */
    private static final long MAX_IN_ONE = 5L << 30;

    private static final Duration ENDLESS = ChronoUnit.FOREVER.getDuration();

    private final RequestTiming timing;
    private final Time time;
    private final RequestStatistics statistics;
    private final Map<Place, StoredObject> objects = new ConcurrentHashMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();

    /** Bucket and key of an object. */
    public record Place(String bucket, String key) {}

    /** Bytes {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {}

    /** Source of a copying request, with the ETag that it must still have. */
    public record Origin(Place place, Optional<String> ifMatch) {}

    /** Part in a request to complete an upload. Its checksum is compared if there is one. */
    public record NamedPart(int number, String eTag, Optional<String> sha256) {}

    /** Open multipart upload. */
    public record Upload(String id, Place target, boolean sha256, Map<Integer, StoredPart> parts) {}

    public SimulatedS3(Calibration calibration, Time time, long seed) {
        this.timing = new RequestTiming(calibration, time, seed);
        this.time = time;
        this.statistics = new RequestStatistics(time);
    }

    public RequestStatistics statistics() {
        return statistics;
    }

    /** Stores an object without a request, time or cost. */
    public void put(Place place, StoredObject object) {
        objects.put(place, object);
    }

    /** Finds an object without a request, to check the result of a run. */
    public Optional<StoredObject> find(Place place) {
        return Optional.ofNullable(objects.get(place));
    }

    /** Returns the objects of a bucket without a request. */
    public List<StoredObject> objectsOf(String bucket) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().bucket().equals(bucket))
                .map(Map.Entry::getValue)
                .toList();
    }

    public int openUploads() {
        return uploads.size();
    }

    /** Serves a request that takes a round trip and does nothing. */
    public void bare(Request request) throws InterruptedException {
        served(request, () -> "");
    }

    /** Counts a request that is sent and answered together with another one. */
    void alongside(Request request) {
        statistics.began(request);
    }

    /** Serves HEAD and similar requests for an object. */
    public StoredObject look(Request request, Place place) throws InterruptedException {
        return served(request, () -> existing(place));
    }

    /** Serves the id of the table that a bucket belongs to. All buckets belong to the table of the measured copies. */
    public String owner() throws InterruptedException {
        return served(Request.GET_OBJECT, () -> CopyScene.ledgerId().value());
    }

    public List<Map.Entry<Place, StoredObject>> list(String bucket, String prefix) throws InterruptedException {
        return served(
                Request.LIST_OBJECTS,
                () -> objects.entrySet().stream()
                        .filter(entry -> entry.getKey().bucket().equals(bucket)
                                && entry.getKey().key().startsWith(prefix))
                        .sorted(Map.Entry.comparingByKey(
                                (one, other) -> one.key().compareTo(other.key())))
                        .toList());
    }

    /** @param sha256 whether each part gets a SHA-256 */
    public Upload open(Place target, boolean sha256) throws InterruptedException {
        return served(Request.CREATE_UPLOAD, () -> {
            var upload =
                    new Upload("upload-" + opened.incrementAndGet(), target, sha256, new ConcurrentSkipListMap<>());
            uploads.put(upload.id(), upload);
            return upload;
        });
    }

    public List<Upload> uploads(String bucket, String prefix) throws InterruptedException {
        return served(
                Request.LIST_UPLOADS,
                () -> uploads.values().stream()
                        .filter(upload -> upload.target().bucket().equals(bucket)
                                && upload.target().key().startsWith(prefix))
                        .toList());
    }

    /** Serves the first page of an upload's parts. */
    public Upload upload(String id) throws InterruptedException {
        return served(Request.LIST_PARTS, () -> opened(id));
    }

    /** Copies a part, or the whole source without a range; the client waits without a limit. */
    public StoredPart copyPart(String upload, int number, Origin origin, Optional<Range> range)
            throws InterruptedException {
        return copyPart(upload, number, origin, range, ENDLESS);
    }

    /** @param patience how long the client waits for an answer; a later answer is lost */
    public StoredPart copyPart(String upload, int number, Origin origin, Optional<Range> range, Duration patience)
            throws InterruptedException {
        statistics.began(Request.COPY_PART);
        try {
            opened(upload);
            var source = source(origin);
            var content = range.map(part -> part(source, part)).orElse(source.content());
            requireLegalCopy(content.length());
            copy(content.length(), patience);
            // The source may have changed while the request was copying.
            source(origin);
            var part = new StoredPart(number, content);
            opened(upload).parts().put(number, part);
            return part;
        } finally {
            statistics.ended();
        }
    }

    /** Copies a whole object with one request. */
    public StoredObject copyObject(Place target, Origin origin) throws InterruptedException {
        statistics.began(Request.COPY_OBJECT);
        try {
            var source = source(origin);
            requireLegalCopy(source.sizeBytes());
            copy(source.sizeBytes(), ENDLESS);
            var made = StoredObject.inOne(source(origin).content());
            objects.put(target, made);
            return made;
        } finally {
            statistics.ended();
        }
    }

    /** @param ifAbsent fail when the object exists */
    public StoredObject complete(String upload, List<NamedPart> named, boolean ifAbsent) throws InterruptedException {
        return served(Request.COMPLETE_UPLOAD, () -> {
            var open = opened(upload);
            if (ifAbsent && objects.containsKey(open.target())) {
                throw SimulatedS3Exception.precondition("If-None-Match");
            }
            var parts = named.stream().map(part -> named(open, part)).toList();
            for (var i = 0; i < parts.size() - 1; i++) {
                if (parts.get(i).sizeBytes() < MIN_PART_BYTES) {
                    throw new SimulatedS3Exception(
                            400, "EntityTooSmall", "Part " + parts.get(i).number() + " is too small.");
                }
            }
            var made = StoredObject.of(parts);
            objects.put(open.target(), made);
            uploads.remove(upload);
            return made;
        });
    }

    public void abort(String upload) throws InterruptedException {
        served(Request.ABORT_UPLOAD, () -> {
            opened(upload);
            return uploads.remove(upload);
        });
    }

    public void delete(Place place) throws InterruptedException {
        served(Request.DELETE_OBJECT, () -> Optional.ofNullable(objects.remove(place)));
    }

    private <T> T served(Request request, Supplier<T> effect) throws InterruptedException {
        statistics.began(request);
        try {
            timing.roundTrip();
            return effect.get();
        } finally {
            statistics.ended();
        }
    }

    private void copy(long bytes, Duration patience) throws InterruptedException {
        var beganAt = time.nanos();
        switch (timing.copy(bytes, patience)) {
            case SLOW_DOWN -> {
                statistics.rejected();
                throw new SimulatedS3Exception(503, "SlowDown", "Please reduce your request rate.");
            }
            case INTERNAL_ERROR -> {
                statistics.admitted(beganAt);
                statistics.failed();
                throw new SimulatedS3Exception(
                        500, "InternalError", "We encountered an internal error. Please try again.");
            }
            case ERROR_IN_OK -> {
                statistics.admitted(beganAt);
                statistics.failed();
                throw new SimulatedS3Exception(
                        200, "InternalError", "We encountered an internal error. Please try again.");
            }
            case GIVEN_UP -> {
                statistics.admitted(beganAt);
                throw SimulatedS3Exception.noAnswer(patience);
            }
            case COPIED -> {
                statistics.admitted(beganAt);
                statistics.copied(bytes);
            }
        }
    }

    private StoredObject source(Origin origin) {
        var source = existing(origin.place());
        if (origin.ifMatch().isPresent() && !origin.ifMatch().get().equals(source.eTag())) {
            throw SimulatedS3Exception.precondition("x-amz-copy-source-if-match");
        }
        return source;
    }

    private static Content part(StoredObject source, Range range) {
        if (range.first() > range.last() || range.last() >= source.sizeBytes()) {
            throw new SimulatedS3Exception(
                    400, "InvalidArgument", "The range is outside the source of " + source.sizeBytes() + " bytes.");
        }
        return source.content().slice(range.first(), range.last() - range.first() + 1);
    }

    private static void requireLegalCopy(long bytes) {
        if (bytes > MAX_IN_ONE) {
            throw new SimulatedS3Exception(
                    400, "InvalidRequest", "One request copies at most " + MAX_IN_ONE + " bytes, not " + bytes);
        }
    }

    private static StoredPart named(Upload upload, NamedPart named) {
        var part = upload.parts().get(named.number());
        if (part == null || !part.eTag().equals(named.eTag())) {
            throw SimulatedS3Exception.invalidPart("Part " + named.number() + " does not exist, or has another ETag.");
        }
        if (named.sha256().isPresent() && !named.sha256().get().equals(part.sha256())) {
            throw SimulatedS3Exception.invalidPart("Part " + named.number() + " has another SHA-256.");
        }
        return part;
    }

    private Upload opened(String id) {
        var upload = uploads.get(id);
        if (upload == null) {
            throw SimulatedS3Exception.noSuchUpload();
        }
        return upload;
    }

    private StoredObject existing(Place place) {
        var object = objects.get(place);
        if (object == null) {
            throw SimulatedS3Exception.noSuchKey();
        }
        return object;
    }
}
