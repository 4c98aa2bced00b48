package imageferry.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a transaction. Conflicts and throttles are not results: the ledger tries again after them by itself.
 */
public sealed interface Commit {
    /** Every write happened. */
    record Done() implements Commit {}

    /** Nothing happened, as the conditions of these writes did not hold; at least one. */
    record Refused(List<Refusal> refusals) implements Commit {
        public Refused {
            refusals = List.copyOf(refusals);
        }

        /** Returns whether this very write was refused. */
        public boolean of(Write write) {
            return refusals.stream().anyMatch(refusal -> refusal.write().equals(write));
        }

        /** The item that this very write was refused by; empty when it was not refused, or there was no item. */
        public Optional<Item> current(Write write) {
            return refusals.stream()
                    .filter(refusal -> refusal.write().equals(write))
                    .findFirst()
                    .flatMap(refusal -> Optional.ofNullable(refusal.current()));
        }
    }

    /** A write whose condition did not hold, and the item as it stood then (null when there was none). */
    record Refusal(Write write, @Nullable Item current) {}

    default boolean done() {
        return this instanceof Done;
    }
}
