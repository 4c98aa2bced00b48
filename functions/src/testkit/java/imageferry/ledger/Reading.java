package imageferry.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts the results of a query into DynamoDB's pages: a read ends after it has examined 1 MB. */
final class Reading {
    private static final long ONE_READ = 1 << 20;

    private final Query query;
    private int reads = 1;

    Reading(Query query) {
        this.query = query;
    }

    /** @param found everything within the query's bounds, in order */
    Page of(List<Query.Position> found, Map<Key, Item> items) {
        var kept = new ArrayList<Item>();
        Query.@Nullable Position last = null;
        var examined = 0L;
        for (var position : found) {
            if (examined > ONE_READ) {
                if (reads == query.reads()) {
                    return new Page(kept, last);
                }
                reads++;
                examined = 0;
            }
            var item = Objects.requireNonNull(items.get(position.key()));
            examined += size(item.attributes());
            if (ConditionEvaluator.holds(query.matching(), item)) {
                if (kept.size() == query.limit()) {
                    return new Page(kept, position(kept.getLast()));
                }
                kept.add(item);
            }
            last = position;
        }
        return Page.last(kept);
    }

    /** The number of reads of the page. */
    int reads() {
        return reads;
    }

    private Query.Position position(Item item) {
        return new Query.Position(
                new Key(item.text("pk"), item.text("sk")),
                item.text(query.index().sortAttribute()));
    }

    private static long size(Object value) {
        return switch (value) {
            case String text -> text.getBytes(UTF_8).length;
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()))
                        .sum();
            case Iterable<?> members -> {
                var sum = 0L;
                for (var member : members) {
                    sum += size(member);
                }
                yield sum;
            }
            default -> 8;
        };
    }
}
