package imageferry.function.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.copying.request.UploadEvent;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * EventBridge's event of an object uploaded to a bucket. Also read from the record that Lambda stores of an event that was given up,
 * so that it can be replayed.
 */
public record ObjectCreated(String region, Detail detail) {
    /** @param given the whole event, as Lambda's invocation record has it */
    @JsonCreator
    static ObjectCreated of(
            @JsonProperty("region") @Nullable String region,
            @JsonProperty("detail") @Nullable Detail detail,
            @JsonProperty("requestPayload") @Nullable ObjectCreated given) {
        if (given != null) {
            return given;
        }
        return new ObjectCreated(
                Objects.requireNonNull(region, "The event has no region"),
                Objects.requireNonNull(detail, "The event has no detail"));
    }

    public record Detail(Bucket bucket, Stored object) {}

    public record Bucket(String name) {}

    /** @param sequencer distinguishes uploads of the same key, even of the same bytes */
    public record Stored(
            String key,
            @Nullable Long size,
            @Nullable String etag,
            @Nullable String sequencer) {}

    public UploadEvent event() {
        var object = detail.object();
        return new UploadEvent(
                new Blob(new Region(region), object.key()),
                object.etag(),
                object.size() == null ? 0 : object.size(),
                version());
    }

    /** Identifies the upload; the same when the event is delivered twice. */
    private String version() {
        return detail.bucket().name() + "/" + detail.object().key() + "#"
                + detail.object().etag() + "#" + detail.object().sequencer();
    }
}
