package imageferry.local.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Stores in a folder, with clients for them. Records the access checks and the announced objects. */
final class TestStores implements AutoCloseable {
    static final String HOME = "us-east-1";
    static final String AWAY = "eu-west-1";
    static final String HOME_BUCKET = "imageferry-111111111111-us-east-1";
    static final String AWAY_BUCKET = "imageferry-111111111111-eu-west-1";

    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    final Queue<String> leadingKeys = new ConcurrentLinkedQueue<>();
    final Queue<CreatedObject> created = new ConcurrentLinkedQueue<>();
    final EmbeddedStores stores;

    private TestStores(Path data, int port, AccessCheck accessCheck) {
        stores = EmbeddedStores.start(new StoreSettings(
                data,
                port,
                "imageferry",
                "111111111111",
                HOME,
                List.of(HOME, AWAY),
                (accessKeyId, action, resource, keys) -> {
                    asked.add(accessKeyId + " " + action + " " + resource);
                    leadingKeys.addAll(keys);
                    return accessCheck.refusal(accessKeyId, action, resource, keys);
                },
                created::add));
    }

    static TestStores in(Path data) {
        return new TestStores(data, 0, AccessCheck.lenient());
    }

    static TestStores in(Path data, int port) {
        return new TestStores(data, port, AccessCheck.lenient());
    }

    /** Stores that refuse these actions to access keys that start with LOCAL. */
    static TestStores refusing(Path data, String... actions) {
        return new TestStores(
                data,
                0,
                (accessKeyId, action, resource, keys) ->
                        accessKeyId.startsWith("LOCAL") && List.of(actions).contains(action)
                                ? Optional.of(accessKeyId + " is not authorized to perform: " + action
                                        + " on resource: " + resource)
                                : Optional.empty());
    }

    S3Client s3(String region) {
        return s3(region, "anyone");
    }

    S3Client s3(String region, String accessKeyId) {
        return s3(stores.s3(), region, accessKeyId);
    }

    static S3Client s3(URI endpoint, String region, String accessKeyId) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(credentials(accessKeyId))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    S3Presigner presigner(String region) {
        return S3Presigner.builder()
                .endpointOverride(stores.s3())
                .region(Region.of(region))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(credentials("anyone"))
                .build();
    }

    DynamoDbClient dynamoDb(String region, String accessKeyId) {
        return dynamoDb(stores.dynamoDb(), region, accessKeyId);
    }

    static DynamoDbClient dynamoDb(URI endpoint, String region, String accessKeyId) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(credentials(accessKeyId))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    DynamoDbStreamsClient streams(String accessKeyId) {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(stores.dynamoDb())
                .region(Region.of(HOME))
                .credentialsProvider(credentials(accessKeyId))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static StaticCredentialsProvider credentials(String accessKeyId) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "secret"));
    }

    @Override
    public void close() {
        stores.close();
    }
}
