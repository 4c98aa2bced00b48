package imageferry.simulation;

import imageferry.ledger.Item;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that one commit changed. */
record Changes(List<Alteration> all) {
    /** The alterations of items whose key begins so. */
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

    /** Whether that item was there before this commit, and is not any more. */
    boolean removed(String partition, String sort) {
        return of(partition, sort)
                .anyMatch(change -> change.after().isEmpty() && change.before().isPresent());
    }
}
