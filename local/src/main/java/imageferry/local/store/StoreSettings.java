package imageferry.local.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings of the stores.
 *
 * @param data the folder for all data; created when absent
 * @param s3Port the port of S3, 0 for any free one; DynamoDB always takes a free one
 * @param installation the beginning of the buckets' names
 * @param account the account that owns the buckets and the table, twelve digits
 * @param homeRegion the only region that has the table
 * @param regions the regions that have a bucket, the home region among them
 * @param accessCheck decides whether a caller may make a request
 * @param objectCreated is called for each object created under {@code imports/}; its exceptions are ignored
 * @param idle after which S3 closes a connection without traffic
 */
public record StoreSettings(
        Path data,
        int s3Port,
        String installation,
        String account,
        String homeRegion,
        List<String> regions,
        AccessCheck accessCheck,
        Consumer<CreatedObject> objectCreated,
        Duration idle) {
    private static final Duration IDLE = Duration.ofSeconds(60);

    public StoreSettings {
        regions = List.copyOf(regions);
        if (!regions.contains(homeRegion)) {
            throw new IllegalArgumentException(
                    "The home region " + homeRegion + " is not one of the regions " + regions + ": add it to them");
        }
    }

    /** Returns settings with local mode's idle time. */
    public StoreSettings(
            Path data,
            int s3Port,
            String installation,
            String account,
            String homeRegion,
            List<String> regions,
            AccessCheck accessCheck,
            Consumer<CreatedObject> objectCreated) {
        this(data, s3Port, installation, account, homeRegion, regions, accessCheck, objectCreated, IDLE);
    }

    public String bucket(String region) {
        return installation + "-" + account + "-" + region;
    }

    /** Returns the region whose bucket has this name; empty for any other bucket. */
    Optional<String> regionOf(String bucket) {
        return regions.stream().filter(region -> bucket(region).equals(bucket)).findFirst();
    }
}
