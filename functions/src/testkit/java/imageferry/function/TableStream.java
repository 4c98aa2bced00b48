package imageferry.function;

import imageferry.function.event.StreamEvent;
import imageferry.ledger.Commit;
import imageferry.ledger.ForwardingLedger;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Write;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in memory, which records each change of an image or copy in the form of the table's stream. The filter of
 * the publishing function lets nothing else through.
 */
final class TableStream extends ForwardingLedger {
    private static final Set<String> PUBLISHED = Set.of("IMAGE", "COPY");

    private final InMemoryLedger ledger;
    private final InstantSource clock;
    final List<StreamEvent.Change> changes = new ArrayList<>();

    TableStream(InMemoryLedger ledger, InstantSource clock) {
        super(ledger);
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Commit commit(List<Write> writes) {
        var before = ledger.contents();
        var commit = super.commit(writes);
        var after = ledger.contents();
        writes.stream()
                .map(Write::key)
                .filter(key -> PUBLISHED.contains(key.sort()))
                .flatMap(key -> change(key, before.get(key), after.get(key)))
                .forEach(changes::add);
        return commit;
    }

    private Stream<StreamEvent.Change> change(Key key, @Nullable Item before, @Nullable Item after) {
        if (after == null ? before == null : after.equals(before)) {
            return Stream.empty();
        }
        var images = new StreamEvent.Images(
                Map.of("pk", text(key.partition()), "sk", text(key.sort())),
                before == null ? null : attributes(before.attributes()),
                after == null ? null : attributes(after.attributes()),
                Integer.toString(1_000 + changes.size()),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return Stream.of(
                new StreamEvent.Change(before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY", images));
    }

    private static Map<String, StreamEvent.Attribute> attributes(Map<String, Object> values) {
        var attributes = new HashMap<String, StreamEvent.Attribute>();
        values.forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }

    /** Values of other types exist, but their content cannot be read. */
    @SuppressWarnings("unchecked")
    private static StreamEvent.Attribute attribute(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Boolean flag -> new StreamEvent.Attribute(null, flag, null);
            case Map<?, ?> map -> new StreamEvent.Attribute(null, null, attributes((Map<String, Object>) map));
            default -> new StreamEvent.Attribute(null, null, null);
        };
    }

    private static StreamEvent.Attribute text(String text) {
        return new StreamEvent.Attribute(text, null, null);
    }
}
