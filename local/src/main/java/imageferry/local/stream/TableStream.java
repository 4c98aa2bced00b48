package imageferry.local.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Follows the shards of one table's stream, each to its end before its child. Not for two threads at once. */
final class TableStream implements StreamSource {
    private static final int MOST_RECORDS = 1000;

    private final DynamoDbStreamsClient streams;
    private final String streamArn;
    private final RecordJson json;
    private Checkpoint.@Nullable Position last;
    private @Nullable String shard;
    private @Nullable String iterator;

    TableStream(DynamoDbStreamsClient streams, String streamArn, RecordJson json, Checkpoint.@Nullable Position last) {
        this.streams = streams;
        this.streamArn = streamArn;
        this.json = json;
        this.last = last;
        this.shard = last == null ? null : last.shard();
    }

    @Override
    public List<StreamRecord> next(int limit) {
        if (iterator == null) {
            iterator = open();
        }
        var current = shard;
        if (iterator == null || current == null) {
            return List.of();
        }
        try {
            var from = iterator;
            var page = streams.getRecords(request -> request.shardIterator(from).limit(Math.min(limit, MOST_RECORDS)));
            var records = page.records().stream()
                    .map(change -> json.of(current, change))
                    .toList();
            if (!records.isEmpty()) {
                last = new Checkpoint.Position(current, records.getLast().sequenceNumber());
            }
            iterator = page.nextShardIterator();
            if (iterator == null) {
                shard = childOf(current);
            }
            return records;
        } catch (ExpiredIteratorException slow) {
            iterator = null;
            return List.of();
        }
    }

    private @Nullable String open() {
        var shards = shards();
        if (shards.isEmpty()) {
            return null;
        }
        if (shard == null || shards.stream().noneMatch(one -> one.shardId().equals(shard))) {
            // The first time, or after the shard is gone: from the oldest record that is left.
            shard = shards.getFirst().shardId();
        }
        try {
            return iterator(last != null && last.shard().equals(shard) ? last.sequenceNumber() : null);
        } catch (TrimmedDataAccessException gone) {
            return iterator(null);
        }
    }

    private String iterator(@Nullable String after) {
        var request = GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shard);
        return streams.getShardIterator(
                        after == null
                                ? request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                                        .build()
                                : request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                        .sequenceNumber(after)
                                        .build())
                .shardIterator();
    }

    private List<Shard> shards() {
        return streams.describeStream(request -> request.streamArn(streamArn))
                .streamDescription()
                .shards();
    }

    /** A closed shard without a child is read again: the child appears in a moment. */
    private String childOf(String closed) {
        return shards().stream()
                .filter(one -> closed.equals(one.parentShardId()))
                .map(Shard::shardId)
                .findFirst()
                .orElse(closed);
    }
}
