package imageferry.function.event;

import imageferry.copying.request.UploadEvent;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import org.jspecify.annotations.Nullable;

/** EventBridge's event of an object uploaded to a bucket. */
public record ObjectCreated(String region, Detail detail) {
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
