package imageferry.local.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The regions' buckets as a user's own S3 client sees them. */
final class Buckets implements AutoCloseable {
    private final URI endpoint;
    private final Map<String, S3Client> clients = new ConcurrentHashMap<>();

    Buckets(URI endpoint) {
        this.endpoint = endpoint;
    }

    void upload(String region, String bucket, String key, Path file) {
        client(region).putObject(request -> request.bucket(bucket).key(key), file);
    }

    /** Reads a whole object and hashes it, as {@code sha256sum} would. */
    String sha256(String region, String bucket, String key) throws IOException {
        try (var bytes =
                client(region).getObject(request -> request.bucket(bucket).key(key))) {
            return DiskFile.sha256(bytes);
        }
    }

    /** Returns every object of the bucket under that prefix. */
    List<String> keys(String region, String bucket, String prefix) {
        return client(region).listObjectsV2(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Returns every multipart upload of the bucket that is still open. */
    List<String> openUploads(String region, String bucket) {
        return client(region).listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    private S3Client client(String region) {
        return clients.computeIfAbsent(
                region,
                name -> S3Client.builder()
                        .endpointOverride(endpoint)
                        .region(Region.of(name))
                        .forcePathStyle(true)
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("demo", "any secret will do")))
                        .build());
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
    }
}
