package imageferry.local.command;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies without records that hold every slot of a region, until a test ends them. */
final class TakenSlots implements AutoCloseable {
    private final DynamoDbClient table;
    private final String region;

    TakenSlots(URI dynamoDb, String region, int slots) {
        this.table = DynamoDbClient.builder()
                .endpointOverride(dynamoDb)
                .region(Region.of(RunningCloud.REGIONS.getFirst()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        this.region = region;
        var holders = new HashMap<String, AttributeValue>();
        for (var slot = 0; slot < slots; slot++) {
            holders.put("c-" + (char) ('a' + slot) + "a".repeat(16), AttributeValue.fromS("before"));
        }
        hold(holders);
    }

    void letGo() {
        hold(Map.of());
    }

    private void hold(Map<String, AttributeValue> holders) {
        table.putItem(request -> request.tableName("Imageferry")
                .item(Map.of(
                        "pk", AttributeValue.fromS("REGION#" + region),
                        "sk", AttributeValue.fromS("SLOTS"),
                        "holders", AttributeValue.fromM(holders))));
    }

    @Override
    public void close() {
        table.close();
    }
}
