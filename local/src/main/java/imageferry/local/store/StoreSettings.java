package imageferry.local.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the stores need to know.
 *
 * @param data the folder that keeps everything; made when absent
 * @param s3Port the port of S3, 0 for any free one; DynamoDB always takes a free one
 * @param account the twelve digits that own the buckets and the table
 * @param homeRegion the only region that has the table
 * @param regions the regions that have a bucket, the home region among them
 * @param accessCheck decides whether a caller may make a request
 * @param objectCreated hears of each object that lands under {@code imports/}; what it throws is ignored
 * @param idle after which S3 gives up a connection on which nothing moves
 */
public record StoreSettings(
        Path data,
        int s3Port,
        String account,
        String homeRegion,
        List<String> regions,
        AccessCheck accessCheck,
        Consumer<ObjectCreated> objectCreated,
        Duration idle) {
    private static final Duration IDLE = Duration.ofSeconds(60);

    public StoreSettings {
        regions = List.copyOf(regions);
        if (!regions.contains(homeRegion)) {
            throw new IllegalArgumentException(
                    "The home region " + homeRegion + " is not one of the regions " + regions + ": add it to them.");
        }
    }

    /** Settings with the time that a client of local mode has. */
    public StoreSettings(
            Path data,
            int s3Port,
            String account,
            String homeRegion,
            List<String> regions,
            AccessCheck accessCheck,
            Consumer<ObjectCreated> objectCreated) {
        this(data, s3Port, account, homeRegion, regions, accessCheck, objectCreated, IDLE);
    }

    /** The name of the region's bucket. */
    public String bucket(String region) {
        return "imageferry-" + account + "-" + region;
    }

    /** The region whose bucket has this name; empty for a bucket that is not one of ours. */
    Optional<String> regionOf(String bucket) {
        return regions.stream().filter(region -> bucket(region).equals(bucket)).findFirst();
    }
}
