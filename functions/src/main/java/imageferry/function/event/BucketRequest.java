package imageferry.function.event;

import org.jspecify.annotations.Nullable;

/**
 * The operator's request about the bucket of one region.
 *
 * @param operation {@code orphans}, {@code adopt} or {@code restore}, which reaches all regions
 * @param count the number of snapshots that the operator confirms; null only shows what there is
 */
public record BucketRequest(
        String operation, String region, @Nullable Integer count) {}
