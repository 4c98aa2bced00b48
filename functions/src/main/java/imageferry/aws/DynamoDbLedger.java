package imageferry.aws;

import imageferry.ledger.Commit;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The ledger on one DynamoDB table. Items that it reads carry their key as the texts {@code pk} and {@code sk}. Bounded
 * retries are made here and nowhere else: the client should make none of its own.
 */
public final class DynamoDbLedger implements Ledger {
    private static final String NOTHING_CHANGED = "it changed nothing";

    private final DynamoDbClient client;
    private final String table;
    private final DynamoDbRetries retries;
    private final Supplier<String> tokens;

    /**
     * @param tokens a new token of at most 36 characters for each commit, never the same twice. By it DynamoDB
     *     recognises a transaction that is sent again after a lost reply
     */
    public DynamoDbLedger(DynamoDbClient client, String table, Backoff backoff, Supplier<String> tokens) {
        this.client = client;
        this.table = table;
        this.retries = new DynamoDbRetries(backoff);
        this.tokens = tokens;
    }

    @Override
    public Optional<Item> read(Key key) {
        var answer = retries.call(
                "a read of " + key,
                NOTHING_CHANGED,
                () -> client.getItem(request ->
                        request.tableName(table).key(DynamoDbItems.ofKey(key)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(DynamoDbItems.item(answer.item())) : Optional.empty();
    }

    @Override
    public Map<Key, Item> read(Collection<Key> keys) {
        var wanted = new LinkedHashSet<>(keys);
        if (wanted.size() > 100) {
            throw new IllegalArgumentException("At most 100 keys are read at once, not " + wanted.size());
        }
        var found = new HashMap<Key, Item>();
        var open = new LinkedHashSet<>(wanted);
        if (!open.isEmpty()) {
            retries.call("a read of " + some(wanted), NOTHING_CHANGED, () -> readOnce(open, found));
        }
        var inOrder = new LinkedHashMap<Key, Item>();
        for (var key : wanted) {
            var item = found.get(key);
            if (item != null) {
                inOrder.put(key, item);
            }
        }
        return inOrder;
    }

    /** Keys that a busy DynamoDB leaves unread stay open, which is a throttle like any other. */
    private int readOnce(Set<Key> open, Map<Key, Item> found) {
        var wanted = KeysAndAttributes.builder()
                .consistentRead(true)
                .keys(open.stream().map(DynamoDbItems::ofKey).toList())
                .build();
        var answer = client.batchGetItem(request -> request.requestItems(Map.of(table, wanted)));
        answer.responses()
                .getOrDefault(table, List.of())
                .forEach(item -> found.put(DynamoDbItems.key(item), DynamoDbItems.item(item)));
        var left = answer.unprocessedKeys().get(table);
        open.clear();
        if (left != null) {
            left.keys().forEach(key -> open.add(DynamoDbItems.key(key)));
            throw ProvisionedThroughputExceededException.builder()
                    .message(open.size() + " keys were left unread")
                    .build();
        }
        return found.size();
    }

    @Override
    public Page query(Query query) {
        if (query.isEmpty()) {
            return Page.last(List.of());
        }
        var items = new ArrayList<Item>();
        // Read one item more than requested, so that a next page is offered only when it has items.
        var wanted = query.limit() + 1;
        var request = DynamoDbQueries.request(table, query);
        for (var read = 1; ; read++) {
            if (query.matching().asksNothing()) {
                request.limit(wanted - items.size());
            }
            var next = request.build();
            var answer = retries.call("a query of " + query.partition(), NOTHING_CHANGED, () -> client.query(next));
            answer.items().stream()
                    .map(DynamoDbItems::item)
                    .filter(item -> query.holds(item.text(query.index().sortAttribute())))
                    .forEach(items::add);
            if (items.size() >= wanted) {
                var page = items.subList(0, query.limit());
                return new Page(page, DynamoDbQueries.position(query, page.getLast()));
            }
            if (!answer.hasLastEvaluatedKey() || answer.lastEvaluatedKey().isEmpty()) {
                return Page.last(items);
            }
            if (read == query.reads()) {
                var last = DynamoDbItems.item(answer.lastEvaluatedKey());
                return new Page(items, DynamoDbQueries.position(query, last));
            }
            request.exclusiveStartKey(answer.lastEvaluatedKey());
        }
    }

    @Override
    public Commit commit(List<Write> writes) {
        var transaction = Write.transaction(writes);
        var items = transaction.stream()
                .map(write -> DynamoDbTransactions.of(table, write))
                .toList();
        var token = tokens.get();
        return retries.call(
                "a commit of " + some(transaction.stream().map(Write::key).toList()),
                "whether it happened is unknown, so read before you decide",
                () -> {
                    try {
                        client.transactWriteItems(
                                request -> request.transactItems(items).clientRequestToken(token));
                        return new Commit.Done();
                    } catch (TransactionCanceledException cancelled) {
                        return DynamoDbTransactions.refused(transaction, cancelled)
                                .orElseThrow(() -> cancelled);
                    }
                });
    }

    @Override
    public void put(Key key, Item item) {
        var request = DynamoDbQueries.update(table, key, item);
        retries.call(
                "a write of " + key,
                "whether it happened is unknown, and writing it again does no harm",
                () -> client.updateItem(request));
    }

    private static String some(Collection<Key> keys) {
        var first = keys.stream().limit(3).map(Key::toString).collect(Collectors.joining(", "));
        return keys.size() > 3 ? first + " and " + (keys.size() - 3) + " more" : first;
    }
}
