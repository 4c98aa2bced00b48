package imageferry.function.event;

/** An object landed in a bucket, as EventBridge tells it. */
public record ObjectCreated(String region, Detail detail) {

    public record Detail(Bucket bucket, Stored object) {}

    public record Bucket(String name) {}

    /** @param etag changes whenever the object is overwritten */
    public record Stored(String key, String etag) {}
}
