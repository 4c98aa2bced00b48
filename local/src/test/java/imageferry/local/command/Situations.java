package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings images into each situation of the table, by requests of their owner and by S3's troubles alone. Copies into
 * {@link #SLOW} stand still: the first of them with all slots there, the others in the queue.
 */
final class Situations {
    static final String HOME = RunningCloud.REGIONS.get(0);
    static final String NEAR = RunningCloud.REGIONS.get(1);
    static final String SLOW = RunningCloud.REGIONS.get(2);

    /** Copies of more bytes wait for the operator's approval. */
    static final int LARGE = 100_000;

    static final String RECIPIENT = "222222222222";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RunningCloud cloud;
    private final S3Door door;
    private final Path smallDisk;
    private final AtomicInteger names = new AtomicInteger();
    private final Subject original;
    private final Subject large;
    private final Subject unreadable;
    private final Map<String, String> instances;

    Situations(RunningCloud cloud, S3Door door, Path folder) throws Exception {
        this.cloud = cloud;
        this.door = door;
        this.smallDisk = SmallDisk.make(folder.resolve("small.img"), LARGE / 1024 * 512);
        original = imported(HOME, smallDisk);
        large = imported(HOME, SmallDisk.make(folder.resolve("large.img"), LARGE / 512 * 1024));
        unreadable = imported(HOME, smallDisk);
        until("Available", List.of(original, large, unreadable));
        var near = copied(original, NEAR);
        var slow = copied(original, SLOW);
        until("Available", List.of(near, slow));
        door.makeUnreadable(unreadable.copyId());
        instances = Map.of(HOME, boots(original), NEAR, boots(near), SLOW, boots(slow));
        door.shut();
    }

    /** An instance of that region that booted from an image of no other interest. */
    String instanceIn(String region) {
        return instances.get(region);
    }

    String newName() {
        return "image-" + names.incrementAndGet();
    }

    /** So many images, all in that situation. */
    List<Subject> make(String situation, int count) throws Exception {
        return switch (situation) {
            case "a ticket is open" -> copies(large, NEAR, count, "PendingApproval");
            case "in the queue" -> copies(original, SLOW, count, "Waiting");
            case "an import in the queue" -> until("Waiting", imports(SLOW, count));
            case "moves bytes" -> copies(original, SLOW, count, "Copy Snapshot Parts");
            case "is being cancelled" -> after("POST", "/cancel-copy", Map.of(), make("moves bytes", count));
            case "made by a copy" -> copies(original, NEAR, count, "Available");
            case "made by an import" -> until("Available", imports(HOME, count));
            case "shared" -> shared(make("made by a copy", count));
            case "used by an instance" -> used(make("made by a copy", count));
            case "shared and used" -> used(make("shared", count));
            case "protected" -> changed("protected", true, make("made by a copy", count));
            case "public" -> changed("public", true, make("made by a copy", count));
            case "from the marketplace" -> changed("productCode", "golden", make("made by a copy", count));
            case "source of a running copy" -> copying(make("made by a copy", count));
            case "deprecated" -> changed("status", "Deprecated", make("made by a copy", count));
            case "deprecated when shared" -> changed("status", "Deprecated", make("shared", count));
            case "its copy was cancelled" -> cancelled(make("in the queue", count));
            case "its import was cancelled" -> cancelled(make("an import in the queue", count));
            case "its copy failed" -> copies(unreadable, NEAR, count, "Failed");
            case "its bytes are being removed" -> beingRemoved(make("made by a copy", count));
            default -> throw new IllegalArgumentException("Nobody knows how to make an image that is " + situation);
        };
    }

    private List<Subject> copies(Subject source, String region, int count, String status) throws Exception {
        var subjects = new ArrayList<Subject>();
        for (var i = 0; i < count; i++) {
            subjects.add(copied(source, region));
        }
        return until(status, subjects);
    }

    private List<Subject> imports(String region, int count) throws Exception {
        var subjects = new ArrayList<Subject>();
        for (var i = 0; i < count; i++) {
            subjects.add(imported(region, smallDisk));
        }
        return subjects;
    }

    private Subject copied(Subject source, String region) throws Exception {
        var target = Map.of("region", region, "name", newName());
        var copy = done(new Request("POST", source.path() + "/copies", Map.of("targets", List.of(target))))
                .at("/copies/0");
        return subject(copy);
    }

    private Subject imported(String region, Path disk) throws Exception {
        var name = newName();
        var key = "imports/" + Demo.OPERATOR + "/" + name;
        cloud.buckets.upload(region, RunningCloud.bucket(region), key, disk);
        return subject(done(new Request("POST", "/images", Map.of("region", region, "name", name, "importKey", key)))
                .path("copy"));
    }

    private static Subject subject(JsonNode copy) {
        return new Subject(
                copy.path("imageId").asText(),
                copy.path("copyId").asText(),
                copy.path("region").asText());
    }

    private String boots(Subject image) throws Exception {
        return done(new Request("POST", "/instances", Map.of("imageId", image.imageId(), "region", image.region())))
                .path("instanceId")
                .asText();
    }

    private List<Subject> after(String method, String path, Map<String, ?> body, List<Subject> subjects)
            throws Exception {
        for (var subject : subjects) {
            done(new Request(method, subject.path() + path, body));
        }
        return subjects;
    }

    private List<Subject> changed(String field, Object value, List<Subject> subjects) throws Exception {
        return after("PATCH", "", Map.of(field, value), subjects);
    }

    private List<Subject> shared(List<Subject> subjects) throws Exception {
        return after("PUT", "/shares/" + RECIPIENT, Map.of(), subjects);
    }

    private List<Subject> used(List<Subject> subjects) throws Exception {
        for (var subject : subjects) {
            boots(subject);
        }
        return subjects;
    }

    private List<Subject> copying(List<Subject> subjects) throws Exception {
        for (var subject : subjects) {
            copied(subject, SLOW);
        }
        return subjects;
    }

    private List<Subject> cancelled(List<Subject> subjects) throws Exception {
        return until("Cancelled", after("POST", "/cancel-copy", Map.of(), subjects));
    }

    /** Their bytes cannot be deleted, so that their deletion is decided and does not end. */
    private List<Subject> beingRemoved(List<Subject> subjects) throws Exception {
        subjects.forEach(subject -> door.makeUndeletable(subject.copyId()));
        return after("DELETE", "", Map.of(), subjects);
    }

    /** @param state a copy's status, or the step that it has reached */
    private List<Subject> until(String state, List<Subject> subjects) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        for (var subject : subjects) {
            var copy = done(Request.of("GET", "/copies/" + subject.copyId()));
            while (!isIn(state, copy)) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException("Not yet " + state + ": " + copy);
                }
                LockSupport.parkNanos(20_000_000);
                copy = done(Request.of("GET", "/copies/" + subject.copyId()));
            }
        }
        return subjects;
    }

    private static boolean isIn(String state, JsonNode copy) {
        return copy.path("status").asText().equals(state)
                || copy.path("steps").findValuesAsText("name").contains(state);
    }

    private JsonNode done(Request request) throws Exception {
        return request.send(cloud.uri(), Demo.OPERATOR).expectDone();
    }
}
