package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All changes of one commit. */
record Changes(List<Alteration> all) {
    /** The alterations of items whose keys have this prefix. */
    Stream<Alteration> of(String partition, String sort) {
        return all.stream()
                .filter(change -> change.key().partition().startsWith(partition)
                        && change.key().sort().startsWith(sort));
    }

    Optional<Item> before(String partition, String sort) {
        return all.stream()
                .filter(change -> change.key().partition().equals(partition)
                        && change.key().sort().equals(sort))
                .findFirst()
                .flatMap(Alteration::before);
    }

    Optional<Item> after(String partition, String sort) {
        return all.stream()
                .filter(change -> change.key().partition().equals(partition)
                        && change.key().sort().equals(sort))
                .findFirst()
                .flatMap(Alteration::after);
    }

    /** Returns whether this commit deleted the item. */
    boolean removed(String partition, String sort) {
        return of(partition, sort)
                .anyMatch(change -> change.after().isEmpty() && change.before().isPresent());
    }
}
