package imageferry.function.event;

import org.jspecify.annotations.Nullable;

/** An object landed in a bucket, as EventBridge tells it. */
public record ObjectCreated(String region, Detail detail) {

    public record Detail(Bucket bucket, Stored object) {}

    public record Bucket(String name) {}

    /** @param sequencer tells one upload of the key from the next, even of the same bytes */
    public record Stored(
            String key, @Nullable String etag, @Nullable String sequencer) {}

    /** Which upload this is; the same when the event is told twice. */
    public String version() {
        return detail.bucket().name() + "/" + detail.object().key() + "#"
                + detail.object().etag() + "#" + detail.object().sequencer();
    }
}
