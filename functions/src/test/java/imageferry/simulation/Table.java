package imageferry.simulation;

import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The records, without any delay of an index. */
final class Table {
    private final InMemoryLedger ledger;

    Table(InMemoryLedger ledger) {
        this.ledger = ledger;
    }

    Map<Key, Item> items() {
        return ledger.contents();
    }

    List<Item> images() {
        return all("IMAGE#", "IMAGE");
    }

    List<Item> copies() {
        return all("COPY#", "COPY");
    }

    List<Item> tickets() {
        return all("TICKET#", "TICKET");
    }

    List<Item> instances() {
        return all("INSTANCE#", "INSTANCE");
    }

    private List<Item> all(String partition, String sort) {
        return entries(partition, sort)
                .filter(entry -> entry.getKey().sort().equals(sort))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The items whose keys have this prefix, in order. */
    Stream<Map.Entry<Key, Item>> entries(String partition, String sort) {
        return ledger.contents().entrySet().stream()
                .filter(entry -> entry.getKey().partition().startsWith(partition)
                        && entry.getKey().sort().startsWith(sort));
    }

    Optional<Item> image(String id) {
        return ledger.read(new Key("IMAGE#" + id, "IMAGE"));
    }

    Optional<Item> copy(String id) {
        return ledger.read(new Key("COPY#" + id, "COPY"));
    }

    Optional<Item> read(String partition, String sort) {
        return ledger.read(new Key(partition, sort));
    }
}
