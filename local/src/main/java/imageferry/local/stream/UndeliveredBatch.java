package imageferry.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import imageferry.local.template.StreamMapping;
import java.time.Instant;
import java.util.List;

/** Lambda's record for the on-failure destination, with the whole event as text, as S3 gets it. */
final class UndeliveredBatch {
    private UndeliveredBatch() {}

    static JsonNode message(
            StreamMapping mapping, List<StreamRecord> batch, JsonNode event, int attempts, Instant now) {
        var first = batch.getFirst();
        var last = batch.getLast();
        var message =
                JsonNodeFactory.instance.objectNode().put("version", "1.0").put("timestamp", now.toString());
        message.putObject("requestContext")
                .put("functionName", mapping.function())
                .put("condition", "RetryAttemptsExhausted")
                .put("approximateInvokeCount", attempts);
        message.putObject("DDBStreamBatchInfo")
                .put("shardId", first.shard())
                .put("startSequenceNumber", first.sequenceNumber())
                .put("endSequenceNumber", last.sequenceNumber())
                .put("approximateArrivalOfFirstRecord", first.created().toString())
                .put("approximateArrivalOfLastRecord", last.created().toString())
                .put("batchSize", batch.size())
                .put("streamArn", mapping.streamArn());
        return message.put("payload", event.toString());
    }
}
