package imageferry.ledger;

import java.util.List;
import java.util.Optional;

/** A ledger that runs an action before its first commit. */
public final class BeforeCommit extends ForwardingLedger {
    private Optional<Runnable> happening;

    public BeforeCommit(Ledger ledger, Runnable happening) {
        super(ledger);
        this.happening = Optional.of(happening);
    }

    @Override
    public Commit commit(List<Write> writes) {
        var now = happening;
        happening = Optional.empty();
        now.ifPresent(Runnable::run);
        return super.commit(writes);
    }
}
