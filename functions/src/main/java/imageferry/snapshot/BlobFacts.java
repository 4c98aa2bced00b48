package imageferry.snapshot;

import java.util.Map;

/**
 * The store's metadata of an object.
 *
 * @param sizeBytes its length in bytes
 * @param eTag changes whenever the object is overwritten; every part of a copy is pinned to it
 * @param metadata the user metadata, keys in lower case without their prefix
 */
public record BlobFacts(long sizeBytes, String eTag, Map<String, String> metadata) {}
