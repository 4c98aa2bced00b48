package imageferry.copying;

import imageferry.id.CopyId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;

/** How many bytes of a copy have arrived, kept per batch so that wide copies never contend for one item. */
public final class Progress {
    /** A copy has at most so many batches; one page holds them all. */
    private static final int ALL = 1_000;

    private final Ledger ledger;

    public Progress(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Sets a batch's own bytes, absolute, so that reporting twice counts once. */
    public void report(CopyId copy, int batch, long bytes) {
        ledger.put(
                new Key("COPY#" + copy, "PROGRESS#%04d".formatted(batch)),
                Item.empty().with("bytes", bytes));
    }

    /** The bytes of all batches together. */
    public long total(CopyId copy) {
        return ledger.query(Query.partition("COPY#" + copy, "PROGRESS#", ALL)).items().stream()
                .mapToLong(item -> item.number("bytes"))
                .sum();
    }
}
