package imageferry.simulation;

import imageferry.ledger.Ledger;
import imageferry.snapshot.SnapshotStore;
import java.util.function.UnaryOperator;

/** Defects planted between the service and its ports, to check that the rules find them. */
record Defects(
        UnaryOperator<Ledger> ledger,
        UnaryOperator<SnapshotStore> store,
        UnaryOperator<SnapshotStore> storeOfNeighbour) {
    static final Defects NONE = new Defects(same -> same, same -> same, same -> same);
}
