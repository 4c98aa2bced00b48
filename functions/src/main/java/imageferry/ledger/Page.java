package imageferry.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some items of a query in its order, and where to go on; null {@code next} means that there are no more. */
public record Page(List<Item> items, Query.@Nullable Position next) {
    public Page {
        items = List.copyOf(items);
    }

    public static Page last(List<Item> items) {
        return new Page(items, null);
    }
}
