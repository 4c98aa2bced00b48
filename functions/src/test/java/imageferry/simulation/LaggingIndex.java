package imageferry.simulation;

import imageferry.ledger.Condition;
import imageferry.ledger.InMemoryLedger;
import imageferry.ledger.Ledger;
import imageferry.ledger.Page;
import imageferry.ledger.Query;
import imageferry.ledger.Write;
import imageferry.simulation.WiredLedger.Alteration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The secondary indexes, whose answers may be some changes behind the table. */
final class LaggingIndex {
    private static final int MOST = 12;

    private final InMemoryLedger table;
    private final Ledger ledger;
    private final VirtualThreads strands;
    private final FaultInjector troubles;
    private final Deque<Alteration> latest = new ArrayDeque<>();

    LaggingIndex(InMemoryLedger table, Ledger ledger, VirtualThreads strands, FaultInjector troubles) {
        this.table = table;
        this.ledger = ledger;
        this.strands = strands;
        this.troubles = troubles;
    }

    void changed(Alteration change) {
        latest.addFirst(change);
        if (latest.size() > MOST) {
            latest.removeLast();
        }
    }

    Page query(Query query) {
        var caller = strands.running();
        var place = caller.name() + " " + query.partition() + " " + caller.calls();
        if (latest.isEmpty() || !troubles.happens(OutsideFault.LAGGING_INDEX, place, caller.chance())) {
            return ledger.query(query);
        }
        return before(1 + caller.chance().nextInt(latest.size())).query(query);
    }

    /** The table before its latest changes. */
    private Ledger before(int changes) {
        var past = new InMemoryLedger();
        table.contents().forEach(past::put);
        latest.stream()
                .limit(changes)
                .forEach(change -> change.before()
                        .ifPresentOrElse(
                                item -> past.put(change.key(), item),
                                () -> past.commit(List.of(Write.delete(change.key(), Condition.always())))));
        return past;
    }
}
