package imageferry.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.template.TableSpec;
import imageferry.local.template.TemplateRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Creates the template's table if the data folder does not have it yet. */
record Tables(DynamoDbClient dynamoDb) {
    /** Returns the active table with its stream. A table with other indexes than the template's is refused. */
    TableDescription ensure(TableSpec spec) {
        TableDescription table;
        try {
            table = describe(spec);
        } catch (ResourceNotFoundException absent) {
            dynamoDb.createTable(request(spec));
            dynamoDb.waiter().waitUntilTableExists(wait -> wait.tableName(spec.name()));
            table = describe(spec);
        }
        var declared = list(spec.indexes(), index -> index.path("IndexName").asText()).stream()
                .sorted()
                .toList();
        var present = table.globalSecondaryIndexes().stream()
                .map(GlobalSecondaryIndexDescription::indexName)
                .sorted()
                .toList();
        if (!declared.equals(present)) {
            throw new TemplateRefused("The data folder's table has the indexes " + present
                    + ", but the template now wants " + declared + ": remove the data folder, or name another.");
        }
        ensureExpiry(spec);
        return table;
    }

    private TableDescription describe(TableSpec spec) {
        return dynamoDb.describeTable(request -> request.tableName(spec.name())).table();
    }

    private void ensureExpiry(TableSpec spec) {
        var attribute = spec.expiryAttribute();
        var status = dynamoDb.describeTimeToLive(request -> request.tableName(spec.name()))
                .timeToLiveDescription()
                .timeToLiveStatus();
        if (attribute != null && status != TimeToLiveStatus.ENABLED) {
            dynamoDb.updateTimeToLive(request -> request.tableName(spec.name())
                    .timeToLiveSpecification(
                            expiry -> expiry.attributeName(attribute).enabled(true)));
        }
    }

    private static CreateTableRequest request(TableSpec spec) {
        var request = CreateTableRequest.builder()
                .tableName(spec.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(list(spec.attributes(), Tables::attribute))
                .keySchema(list(spec.keys(), Tables::key));
        var indexes = list(spec.indexes(), Tables::index);
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes);
        }
        var view = spec.streamView();
        if (view != null) {
            request.streamSpecification(stream -> stream.streamEnabled(true).streamViewType(view));
        }
        return request.build();
    }

    private static AttributeDefinition attribute(JsonNode attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute.path("AttributeName").asText())
                .attributeType(attribute.path("AttributeType").asText())
                .build();
    }

    private static KeySchemaElement key(JsonNode key) {
        return KeySchemaElement.builder()
                .attributeName(key.path("AttributeName").asText())
                .keyType(key.path("KeyType").asText())
                .build();
    }

    private static GlobalSecondaryIndex index(JsonNode index) {
        var projection = Projection.builder()
                .projectionType(index.at("/Projection/ProjectionType").asText());
        if (index.at("/Projection").has("NonKeyAttributes")) {
            projection.nonKeyAttributes(list(index.at("/Projection/NonKeyAttributes"), JsonNode::asText));
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.path("IndexName").asText())
                .keySchema(list(index.path("KeySchema"), Tables::key))
                .projection(projection.build())
                .build();
    }

    private static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> each) {
        var list = new ArrayList<T>();
        nodes.forEach(node -> list.add(each.apply(node)));
        return list;
    }
}
