package imageferry.local.store;

/**
 * An object that has just landed under {@code imports/}.
 *
 * @param size bytes
 * @param eTag without quotes
 */
public record ObjectCreated(String bucket, String region, String key, long size, String eTag) {}
