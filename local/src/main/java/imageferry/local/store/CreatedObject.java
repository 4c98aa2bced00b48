package imageferry.local.store;

/**
 * An object that was just created under {@code imports/}.
 *
 * @param size bytes
 * @param eTag without quotes
 */
public record CreatedObject(String bucket, String region, String key, long size, String eTag) {}
