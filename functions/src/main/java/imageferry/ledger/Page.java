package imageferry.ledger;

import java.util.List;
import java.util.Optional;

/** Some items of a query in its order, and where to go on; empty {@code next} means that there are no more. */
public record Page(List<Item> items, Optional<Query.Position> next) {
    public Page {
        items = List.copyOf(items);
    }
}
