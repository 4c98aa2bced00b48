package imageferry.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Writes a stream record as Lambda's event source does: DynamoDB's own JSON, named by the stream's ARN on AWS. */
record RecordJson(String streamArn, String region) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    StreamRecord of(String shard, Record change) {
        var data = change.dynamodb();
        var created = data.approximateCreationDateTime() == null ? Instant.EPOCH : data.approximateCreationDateTime();
        var event = JSON.objectNode();
        event.put("eventID", change.eventID());
        event.put("eventName", change.eventNameAsString());
        event.put("eventVersion", "1.1");
        event.put("eventSource", "aws:dynamodb");
        event.put("awsRegion", region);
        event.put("eventSourceARN", streamArn);
        var dynamodb = event.putObject("dynamodb");
        dynamodb.put("ApproximateCreationDateTime", created.getEpochSecond());
        dynamodb.set("Keys", item(data.keys()));
        if (data.hasNewImage()) {
            dynamodb.set("NewImage", item(data.newImage()));
        }
        if (data.hasOldImage()) {
            dynamodb.set("OldImage", item(data.oldImage()));
        }
        dynamodb.put("SequenceNumber", data.sequenceNumber());
        dynamodb.put("SizeBytes", data.sizeBytes());
        dynamodb.put("StreamViewType", data.streamViewTypeAsString());
        if (change.userIdentity() != null) {
            event.putObject("userIdentity")
                    .put("principalId", change.userIdentity().principalId())
                    .put("type", change.userIdentity().type());
        }
        return new StreamRecord(shard, data.sequenceNumber(), created, event);
    }

    private static ObjectNode item(Map<String, AttributeValue> item) {
        var object = JSON.objectNode();
        item.forEach((name, value) -> object.set(name, value(value)));
        return object;
    }

    private static JsonNode value(AttributeValue value) {
        var typed = JSON.objectNode();
        return switch (value.type()) {
            case S -> typed.put("S", value.s());
            case N -> typed.put("N", value.n());
            case B -> typed.put("B", base64(value.b()));
            case BOOL -> typed.put("BOOL", value.bool());
            case NUL -> typed.put("NULL", true);
            case SS -> typed.set("SS", texts(value.ss()));
            case NS -> typed.set("NS", texts(value.ns()));
            case BS ->
                typed.set(
                        "BS", texts(value.bs().stream().map(RecordJson::base64).toList()));
            case M -> typed.set("M", item(value.m()));
            case L -> {
                var list = typed.putArray("L");
                value.l().forEach(element -> list.add(value(element)));
                yield typed;
            }
            // DynamoDB Local writes an empty map and an empty list as {} into its stream; AWS names the type.
            case UNKNOWN_TO_SDK_VERSION -> typed.set("M", JSON.objectNode());
        };
    }

    private static ArrayNode texts(List<String> texts) {
        var list = JSON.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArray());
    }
}
