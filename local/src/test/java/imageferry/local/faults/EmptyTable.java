package imageferry.local.faults;

import imageferry.ledger.Condition;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.local.ledger.LocalTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One table for a whole class, because creating one for each case takes longer than emptying it. */
final class EmptyTable {
    private final LocalTable table = LocalTable.empty();
    private final Ledger ledger = table.ledger();

    DynamoDbClient client() {
        return table.client();
    }

    Ledger ledger() {
        return ledger;
    }

    Ledger through(DynamoDbClient failing) {
        return table.ledger(failing);
    }

    /** Replaces all items by these. */
    void lay(Map<Key, Item> items) {
        var writes = new LinkedHashMap<Key, Write>();
        keys().forEach(key -> writes.put(key, Write.delete(key)));
        items.forEach((key, item) -> writes.put(key, new Write.Put(key, item, Condition.always())));
        if (!writes.isEmpty()) {
            ledger.commit(List.copyOf(writes.values()));
        }
    }

    /** All items. */
    Map<Key, Item> items() {
        var items = new LinkedHashMap<Key, Item>();
        var keys = keys();
        for (var from = 0; from < keys.size(); from += 100) {
            items.putAll(ledger.read(keys.subList(from, Math.min(from + 100, keys.size()))));
        }
        return items;
    }

    private List<Key> keys() {
        return table.client().scan(scan -> scan.tableName(table.name()).consistentRead(true)).items().stream()
                .map(item -> new Key(item.get("pk").s(), item.get("sk").s()))
                .toList();
    }
}
