package imageferry.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random writes and queries, the same ones for the same seed: few keys, few attributes and few values, so that
 * conditions often match. An attribute always has one type, as in real records.
 */
public final class RandomSteps {
    private static final List<String> WORDS = List.of("Waiting", "Copying", "Available", "é😀");
    private static final List<String> MEMBERS = List.of("c-1", "c.2", "c#3");

    private final SplittableRandom random;
    private int made;

    public RandomSteps(long seed) {
        random = new SplittableRandom(seed);
    }

    /** All keys that the steps ever use. */
    public List<Key> keys() {
        return IntStream.range(0, 3)
                .boxed()
                .flatMap(p -> Stream.of("A", "B#1", "B#2").map(sort -> new Key("P" + p, sort)))
                .toList();
    }

    /** Queries that read every partition and every index to the end, two by two. */
    public List<Query> lists() {
        return List.of(
                Query.partition("P0", "", 2),
                Query.partition("P1", "B#", 2),
                Query.partition("P2", "", 1),
                Query.newestFirst(Index.LISTS, "l", 2),
                Query.newestFirst(Index.ORIGIN, "l", 3),
                Query.newestFirst(Index.UNFINISHED, "l", 2));
    }

    public Query query() {
        var query = pick(lists());
        var end =
                query.index() == Index.TABLE ? pick(List.of("A", "B", "B#1", "B#2", "C")) : "%05d".formatted(made / 2);
        return random.nextBoolean() ? query : query.before(end);
    }

    /** One transaction of one to four writes. */
    public List<Write> writes() {
        var keys = new LinkedHashSet<Key>();
        IntStream.range(0, pick(List.of(1, 1, 2, 4))).forEach(turn -> keys.add(pick(keys())));
        return keys.stream().map(this::write).toList();
    }

    private Write write(Key key) {
        return switch (random.nextInt(6)) {
            case 0 -> new Write.Put(key, item(), oftenNone());
            case 1 -> Write.delete(key, oftenNone());
            case 2 -> Write.check(key, Condition.all(condition(1), Condition.lacks("never")));
            default -> Write.update(key, oftenNone(), changes());
        };
    }

    private Item item() {
        var item = Item.empty().with("status", pick(WORDS)).with("holders", Map.of());
        if (random.nextBoolean()) {
            item = item.with("count", random.nextLong(5)).with("on", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            item = item.with("copyingTo", Set.of(pick(MEMBERS), "c-9")).with("holders", Map.of(pick(MEMBERS), "now"));
        }
        var index = pick(List.of(Index.LISTS, Index.ORIGIN, Index.UNFINISHED));
        return random.nextBoolean()
                ? item
                : item.with(index.partitionAttribute(), "l").with(index.sortAttribute(), next());
    }

    /** Without repetition, so that the order is always defined. */
    private String next() {
        return "%05d".formatted(++made);
    }

    /** Makes transactions succeed about as often as they are refused. */
    private Condition oftenNone() {
        return random.nextBoolean() ? Condition.always() : condition(2);
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 17 : 13)) {
            case 0 -> Condition.exists();
            case 1 -> Condition.absent();
            case 2 -> Condition.has(pick(List.of("status", "count", "copyingTo", "holders", "list")));
            case 3 -> Condition.lacks(pick(List.of("status", "count", "copyingTo", "on")));
            case 4 -> Condition.oneOf("status", Set.of(pick(WORDS), pick(List.of("Failed", "Cancelled"))));
            case 5 -> Condition.is("status", pick(WORDS));
            case 6 -> new Condition.FlagIs("on", random.nextBoolean());
            case 7 -> new Condition.LessThan("count", random.nextLong(6));
            case 8 -> new Condition.FewerEntriesThan("holders", 1 + random.nextLong(3));
            case 9 -> new Condition.LacksEntry("holders", pick(MEMBERS));
            case 10 -> new Condition.EntryIs("holders", pick(MEMBERS), pick(List.of("now", "then")));
            case 11 -> new Condition.Contains("copyingTo", pick(MEMBERS));
            case 12 -> new Condition.NumberIs("count", random.nextLong(3));
            case 13 -> Condition.all(condition(depth - 1), condition(depth - 1));
            case 14, 15 -> Condition.any(condition(depth - 1), condition(depth - 1));
            default -> Condition.always();
        };
    }

    /** Changes of different attributes. An entry of a possibly absent map is a defect, which both must find. */
    private List<Change> changes() {
        var changes = new TreeMap<String, Change>();
        for (var turn = 0; turn <= random.nextInt(4); turn++) {
            var change = change();
            changes.put(change.attribute(), change);
        }
        // For an absent item, removals alone leave it to the store whether an empty item is created.
        changes.putIfAbsent("touched", Change.add("touched", 1));
        return List.copyOf(changes.values());
    }

    private Change change() {
        return switch (random.nextInt(11)) {
            case 0 -> Change.put("status", pick(WORDS));
            case 1 -> Change.putIfAbsent("status", pick(WORDS));
            case 2 -> Change.remove(pick(List.of("status", "on", "list", "changedAt")));
            case 3 -> Change.add("count", random.nextLong(-2, 3));
            case 4 -> Change.include("copyingTo", Set.of(pick(MEMBERS), pick(List.of("c-8", "c-9"))));
            case 5 -> Change.exclude("copyingTo", pick(MEMBERS));
            case 6 -> Change.putEntry("holders", pick(MEMBERS), "then");
            case 7 -> Change.removeEntry("holders", pick(MEMBERS));
            case 8 -> Change.put("holders", Map.of());
            case 9 -> Change.put("list", "l");
            default -> Change.put(pick(List.of("listOrder", "changedAt")), next());
        };
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
