package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An account that sends permitted requests to a running cloud. A refusal ends the test. */
final class AccountClient {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final RunningCloud cloud;
    final String account;

    AccountClient(RunningCloud cloud, String account) {
        this.cloud = cloud;
        this.account = account;
    }

    /** A name that no image has. */
    static String newName() {
        return "image-" + NAMES.incrementAndGet();
    }

    JsonNode does(String method, String path, Map<String, ?> body) throws Exception {
        return Request.of(method, path, body).send(cloud.uri(), account).expectDone();
    }

    /** The key of a freshly uploaded disk. */
    String uploads(String region, Path disk) {
        var key = "imports/" + account + "/" + newName();
        cloud.buckets.upload(region, RunningCloud.bucket(region), key, disk);
        return key;
    }

    /** A running import. */
    Subject imports(String region, Path disk) throws Exception {
        var request = Map.of("region", region, "name", newName(), "importKey", uploads(region, disk));
        return subject(does("POST", "/images", request).path("copy"));
    }

    /** A running copy. */
    Subject copies(Subject source, String region, String... shareWith) throws Exception {
        var target = Map.of("region", region, "name", newName(), "shareWith", List.of(shareWith));
        return subject(does("POST", source.path() + "/copies", Map.of("targets", List.of(target)))
                .at("/copies/0"));
    }

    /** An instance of the image, in its region. */
    String boots(Subject image) throws Exception {
        return does("POST", "/instances", Map.of("imageId", image.imageId(), "region", image.region()))
                .path("instanceId")
                .asText();
    }

    private static Subject subject(JsonNode copy) {
        return new Subject(
                copy.path("imageId").asText(),
                copy.path("copyId").asText(),
                copy.path("region").asText());
    }

    /**
     * Waits until the copies have reached a state.
     *
     * @param state a copy's status, or the step that it has reached
     */
    List<Subject> awaits(String state, List<Subject> subjects) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        for (var subject : subjects) {
            var copy = does("GET", "/copies/" + subject.copyId(), Map.of());
            while (!isIn(state, copy)) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException("Not yet " + state + ": " + copy);
                }
                LockSupport.parkNanos(100_000_000);
                copy = does("GET", "/copies/" + subject.copyId(), Map.of());
            }
        }
        return subjects;
    }

    private static boolean isIn(String state, JsonNode copy) {
        return copy.path("status").asText().equals(state)
                || copy.path("steps").findValuesAsText("name").contains(state);
    }
}
