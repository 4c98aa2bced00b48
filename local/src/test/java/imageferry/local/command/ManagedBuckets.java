package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The operations of {@code ./stacks} on buckets, each confirmed by the number that the operation itself names. */
final class ManagedBuckets {
    private final RunningCloud cloud;
    private final String region;

    ManagedBuckets(RunningCloud cloud, String region) {
        this.cloud = cloud;
        this.region = region;
    }

    void adopt() throws IOException {
        confirm("adopt");
    }

    void releaseOrphan() throws IOException, InterruptedException {
        var orphan = HttpRequest.newBuilder(
                        URI.create(cloud.s3() + "/" + RunningCloud.bucket(region) + "/snapshots/s-" + "a".repeat(17)))
                .PUT(BodyPublishers.ofString("nobody's"))
                .build();
        var stored = HttpClient.newHttpClient().send(orphan, BodyHandlers.discarding());
        assertThat(stored.statusCode()).isEqualTo(200);
        assertThat(confirm("orphans").path("count").asInt()).isEqualTo(1);
    }

    /** Marks the table as {@code ./stacks restore} does, and confirms. */
    void confirmRestore() throws IOException {
        var account = StaticCredentialsProvider.create(AwsBasicCredentials.create(Demo.OPERATOR, "local"));
        try (var table = DynamoDbClient.builder()
                .endpointOverride(cloud.dynamoDb())
                .region(Region.of(region))
                .credentialsProvider(account)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var id = AttributeValue.fromS("LEDGER");
            var now = AttributeValue.fromS(Instant.now().toString());
            table.updateItem(update -> update.tableName("Imageferry")
                    .key(Map.of("pk", id, "sk", id))
                    .updateExpression("SET restoredAt = :now")
                    .expressionAttributeValues(Map.of(":now", now)));
        }
        assertThat(confirm("restore").path("keys").toString()).contains("snapshots/s-" + "a".repeat(17));
        assertThat(call("restore", null).path("message").asText()).startsWith("No restore");
    }

    private JsonNode confirm(String operation) throws IOException {
        var confirmed = call(operation, call(operation, null).path("count").asInt());
        assertThat(confirmed.path("done").asBoolean()).as(confirmed.toString()).isTrue();
        return confirmed;
    }

    private JsonNode call(String operation, Integer count) throws IOException {
        InstantSource later = () -> Instant.now().plus(Duration.ofHours(2));
        var request = "{\"operation\":\"%s\",\"region\":\"%s\",\"count\":%s}".formatted(operation, region, count);
        return new DeployedFunction(cloud, later).call("ManageBucketFunction", Map.of(), request);
    }
}
