package imageferry.bench.store;

import imageferry.bench.physics.Calibration;
import imageferry.bench.physics.Physics;
import imageferry.bench.physics.Time;
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
 * An S3 that holds no bytes and takes the time that its calibration says. It knows what copying needs: every request
 * waits, then does what S3 does. Buckets exist as soon as they are named.
 */
public final class SimulatedS3 {
    private static final long MIN_PART_BYTES = 5L << 20;
    /** The largest object that one CopyObject takes. */
    private static final long MAX_IN_ONE = 5L << 30;

    private static final Duration ENDLESS = ChronoUnit.FOREVER.getDuration();

    private final Physics physics;
    private final Time time;
    private final Account account;
    private final Map<Place, StoredObject> objects = new ConcurrentHashMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();

    /** An object's name. */
    public record Place(String bucket, String key) {}

    /** Bytes {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {}

    /** What a copying request takes its bytes from; the ETag is the one that it must still have. */
    public record Origin(Place place, Optional<String> ifMatch) {}

    /** A part that completes an upload, as the client names it; a checksum of it is compared. */
    public record NamedPart(int number, String eTag, Optional<String> sha256) {}

    /** An open upload. */
    public record Upload(String id, Place target, boolean sha256, Map<Integer, StoredPart> parts) {}

    public SimulatedS3(Calibration calibration, Time time, long seed) {
        this.physics = new Physics(calibration, time, seed);
        this.time = time;
        this.account = new Account(time);
    }

    public Account account() {
        return account;
    }

    /** Puts an object there, at no time and no cost. */
    public void put(Place place, StoredObject object) {
        objects.put(place, object);
    }

    /** Looks without a request; for the judge of a run. */
    public Optional<StoredObject> find(Place place) {
        return Optional.ofNullable(objects.get(place));
    }

    /** Those of a bucket, without a request. */
    public List<StoredObject> objectsOf(String bucket) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().bucket().equals(bucket))
                .map(Map.Entry::getValue)
                .toList();
    }

    public int openUploads() {
        return uploads.size();
    }

    /** A request that needs nothing but its round trip. */
    public void bare(Request request) throws InterruptedException {
        served(request, () -> "");
    }

    /** A request that is sent together with another one and answered with it. */
    void alongside(Request request) {
        account.began(request);
    }

    /** An object as HEAD and its like show it. */
    public StoredObject look(Request request, Place place) throws InterruptedException {
        return served(request, () -> existing(place));
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

    /** @param sha256 whether each part is to have a SHA-256 */
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

    /** The upload, whose parts one request shows 1,000 of. */
    public Upload upload(String id) throws InterruptedException {
        return served(Request.LIST_PARTS, () -> opened(id));
    }

    /** Copies a part, the whole source where no range is named, for a client that waits for as long as it takes. */
    public StoredPart copyPart(String upload, int number, Origin origin, Optional<Range> range)
            throws InterruptedException {
        return copyPart(upload, number, origin, range, ENDLESS);
    }

    /** @param patience how long the client waits for an answer; what comes later is lost */
    public StoredPart copyPart(String upload, int number, Origin origin, Optional<Range> range, Duration patience)
            throws InterruptedException {
        account.began(Request.COPY_PART);
        try {
            opened(upload);
            var source = source(origin);
            var content = range.map(part -> part(source, part)).orElse(source.content());
            requireLegalCopy(content.length());
            copy(content.length(), patience);
            // Long silence: what was there when the request came may be gone by now.
            source(origin);
            var part = new StoredPart(number, content);
            opened(upload).parts().put(number, part);
            return part;
        } finally {
            account.ended();
        }
    }

    /** Copies a whole object by one request. */
    public StoredObject copyObject(Place target, Origin origin) throws InterruptedException {
        account.began(Request.COPY_OBJECT);
        try {
            var source = source(origin);
            requireLegalCopy(source.sizeBytes());
            copy(source.sizeBytes(), ENDLESS);
            var made = StoredObject.inOne(source(origin).content());
            objects.put(target, made);
            return made;
        } finally {
            account.ended();
        }
    }

    /** @param ifAbsent refuse when there is an object of that name */
    public StoredObject complete(String upload, List<NamedPart> named, boolean ifAbsent) throws InterruptedException {
        return served(Request.COMPLETE_UPLOAD, () -> {
            var open = opened(upload);
            if (ifAbsent && objects.containsKey(open.target())) {
                throw Refusal.precondition("If-None-Match");
            }
            var parts = named.stream().map(part -> named(open, part)).toList();
            for (var i = 0; i < parts.size() - 1; i++) {
                if (parts.get(i).sizeBytes() < MIN_PART_BYTES) {
                    throw new Refusal(
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
        account.began(request);
        try {
            physics.roundTrip();
            return effect.get();
        } finally {
            account.ended();
        }
    }

    private void copy(long bytes, Duration patience) throws InterruptedException {
        var beganAt = time.nanos();
        switch (physics.copy(bytes, patience)) {
            case SLOW_DOWN -> {
                account.turnedAway();
                throw new Refusal(503, "SlowDown", "Please reduce your request rate.");
            }
            case INTERNAL_ERROR -> {
                account.letIn(beganAt);
                account.mishap();
                throw new Refusal(500, "InternalError", "We encountered an internal error. Please try again.");
            }
            case ERROR_IN_OK -> {
                account.letIn(beganAt);
                account.mishap();
                throw new Refusal(200, "InternalError", "We encountered an internal error. Please try again.");
            }
            case GIVEN_UP -> {
                account.letIn(beganAt);
                throw Refusal.noAnswer(patience);
            }
            case COPIED -> {
                account.letIn(beganAt);
                account.copied(bytes);
            }
        }
    }

    private StoredObject source(Origin origin) {
        var source = existing(origin.place());
        if (origin.ifMatch().isPresent() && !origin.ifMatch().get().equals(source.eTag())) {
            throw Refusal.precondition("x-amz-copy-source-if-match");
        }
        return source;
    }

    private static Content part(StoredObject source, Range range) {
        if (range.first() > range.last() || range.last() >= source.sizeBytes()) {
            throw new Refusal(400, "InvalidArgument", "The range is outside the source of " + source.sizeBytes());
        }
        return source.content().slice(range.first(), range.last() - range.first() + 1);
    }

    private static void requireLegalCopy(long bytes) {
        if (bytes > MAX_IN_ONE) {
            throw new Refusal(
                    400, "InvalidRequest", "One request copies at most " + MAX_IN_ONE + " bytes, not " + bytes);
        }
    }

    private static StoredPart named(Upload upload, NamedPart named) {
        var part = upload.parts().get(named.number());
        if (part == null || !part.eTag().equals(named.eTag())) {
            throw Refusal.invalidPart("Part " + named.number() + " is not there, or its ETag is another.");
        }
        if (named.sha256().isPresent() && !named.sha256().get().equals(part.sha256())) {
            throw Refusal.invalidPart("Part " + named.number() + " has another SHA-256.");
        }
        return part;
    }

    private Upload opened(String id) {
        var upload = uploads.get(id);
        if (upload == null) {
            throw Refusal.noSuchUpload();
        }
        return upload;
    }

    private StoredObject existing(Place place) {
        var object = objects.get(place);
        if (object == null) {
            throw Refusal.noSuchKey();
        }
        return object;
    }
}
