package imageferry.ledger;

import java.util.List;

/** A ledger that refuses every commit, as if others had changed everything since it was read. */
public final class RefusingLedger extends ForwardingLedger {
    /** Far more commits than any use case may make. An endless loop stops here. */
    private static final int MOST_COMMITS = 100;

    private int commits;

    public RefusingLedger(Ledger ledger) {
        super(ledger);
    }

    public int commits() {
        return commits;
    }

    @Override
    public Commit commit(List<Write> writes) {
        if (++commits > MOST_COMMITS) {
            throw new AssertionError("More than " + MOST_COMMITS + " commits were tried");
        }
        return new Commit.Refused(
                writes.stream().map(write -> new Commit.Refusal(write, null)).toList());
    }
}
