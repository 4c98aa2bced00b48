package imageferry.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ledger that keeps its items in a map, under the same contract as the one on DynamoDB. For many threads. */
public final class InMemoryLedger implements Ledger {
    private static final Comparator<Key> BY_KEY =
            Comparator.comparing(Key::partition, Query.ORDER).thenComparing(Key::sort, Query.ORDER);

    private final Map<Key, Item> items = new TreeMap<>(BY_KEY);
    private long reads;

    /** The number of reads that DynamoDB would have received so far. */
    public synchronized long reads() {
        return reads;
    }

    @Override
    public synchronized Optional<Item> read(Key key) {
        reads++;
        return Optional.ofNullable(items.get(key));
    }

    @Override
    public synchronized Map<Key, Item> read(Collection<Key> keys) {
        var wanted = new LinkedHashSet<>(keys);
        if (wanted.size() > 100) {
            throw new IllegalArgumentException("At most 100 keys are read at once, not " + wanted.size());
        }
        var found = new LinkedHashMap<Key, Item>();
        reads += wanted.isEmpty() ? 0 : 1;
        for (var key : wanted) {
            var item = items.get(key);
            if (item != null) {
                found.put(key, item);
            }
        }
        return found;
    }

    @Override
    public synchronized Page query(Query query) {
        var order = inOrder(query);
        var found = items.entrySet().stream()
                .filter(entry -> Optional.of(query.partition())
                        .equals(textOf(entry.getValue(), query.index().partitionAttribute())))
                .flatMap(entry -> position(entry.getKey(), entry.getValue(), query))
                .filter(position -> query.holds(position.sortValue()))
                .filter(position -> query.after().isEmpty()
                        || order.compare(position, query.after().get()) > 0)
                .sorted(order)
                .toList();
        var reading = new Reading(query);
        var page = reading.of(found, items);
        reads += reading.reads();
        return page;
    }

    private static Comparator<Query.Position> inOrder(Query query) {
        var ascending =
                Comparator.comparing(Query.Position::sortValue, Query.ORDER).thenComparing(Query.Position::key, BY_KEY);
        return query.newestFirst() ? ascending.reversed() : ascending;
    }

    private static Stream<Query.Position> position(Key key, Item item, Query query) {
        return textOf(item, query.index().sortAttribute()).map(sort -> new Query.Position(key, sort)).stream();
    }

    private static Optional<String> textOf(Item item, String attribute) {
        return item.attributes().get(attribute) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override
    public synchronized Commit commit(List<Write> writes) {
        var refusals = new ArrayList<Commit.Refusal>();
        var after = new ArrayList<Runnable>();
        for (var write : Write.transaction(writes)) {
            var before = items.get(write.key());
            if (!ConditionEvaluator.holds(write.condition(), before)) {
                refusals.add(new Commit.Refusal(write, before));
                continue;
            }
            // An impossible write is a defect even when another one is refused, as in DynamoDB Local.
            var item = written(write, before);
            after.add(() -> keep(write.key(), item));
        }
        if (!refusals.isEmpty()) {
            return new Commit.Refused(refusals);
        }
        after.forEach(Runnable::run);
        return new Commit.Done();
    }

    private void keep(Key key, @Nullable Item item) {
        if (item == null) {
            items.remove(key);
        } else {
            items.put(key, item);
        }
    }

    private static @Nullable Item written(Write write, @Nullable Item before) {
        return switch (write) {
            case Write.Put put -> Alteration.keep(put.key(), put.item());
            case Write.Update update -> Alteration.keep(update.key(), Alteration.of(before, update.changes()));
            case Write.Delete delete -> null;
            case Write.Check check -> before;
        };
    }

    @Override
    public synchronized void put(Key key, Item item) {
        var attributes = new LinkedHashMap<String, Object>();
        Optional.ofNullable(items.get(key)).ifPresent(before -> attributes.putAll(before.attributes()));
        attributes.putAll(item.attributes());
        items.put(key, Alteration.keep(key, new Item(attributes)));
    }

    /** All items, in the order of their keys. */
    public synchronized Map<Key, Item> contents() {
        return new LinkedHashMap<>(items);
    }

    /** Replaces all items, as a restore from a backup does. */
    public synchronized void replace(Map<Key, Item> backup) {
        items.clear();
        items.putAll(backup);
    }
}
