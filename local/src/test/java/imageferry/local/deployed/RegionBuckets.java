package imageferry.local.deployed;

import imageferry.local.localstack.LocalStack;
import imageferry.region.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The buckets of the deployed stack, read by a client of another project. */
final class RegionBuckets implements AutoCloseable {
    private final Map<Region, S3Client> clients = new HashMap<>();

    RegionBuckets(LocalStack cloud) {
        for (var region : Deployment.REGIONS.enabled()) {
            clients.put(region, cloud.client(S3Client.builder(), Deployment.OPERATOR, region));
        }
    }

    void put(Region region, String key, byte[] bytes, Map<String, String> metadata) {
        in(region)
                .putObject(
                        r -> r.bucket(Deployment.REGIONS.bucket(region))
                                .key(key)
                                .metadata(metadata),
                        RequestBody.fromBytes(bytes));
    }

    void delete(Region region, String key) {
        in(region).deleteObject(r -> r.bucket(Deployment.REGIONS.bucket(region)).key(key));
    }

    /** The keys of all objects and of all open uploads, in every region. */
    List<String> everything() {
        return Deployment.REGIONS.enabled().stream()
                .flatMap(region -> Stream.concat(objects(region), uploads(region)))
                .toList();
    }

    private Stream<String> objects(Region region) {
        return in(region).listObjectsV2(r -> r.bucket(Deployment.REGIONS.bucket(region))).contents().stream()
                .map(object -> region + " " + object.key());
    }

    private Stream<String> uploads(Region region) {
        return in(region).listMultipartUploads(r -> r.bucket(Deployment.REGIONS.bucket(region))).uploads().stream()
                .map(upload -> region + " open " + upload.key());
    }

    private S3Client in(Region region) {
        return Objects.requireNonNull(clients.get(region));
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
    }
}
