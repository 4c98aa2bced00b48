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
    public void report(CopyId copy, int batch, Arrived arrived) {
        ledger.put(
                key(copy, batch),
                Item.empty()
                        .with("bytes", arrived.bytes())
                        .with("saved", arrived.saved() == 0 ? null : arrived.saved())
                        .with("missed", arrived.missed() == 0 ? null : arrived.missed()));
    }

    /** What was reported of a batch. */
    Arrived of(CopyId copy, int batch) {
        return ledger.read(key(copy, batch)).map(Progress::arrived).orElse(Arrived.NOTHING);
    }

    /** The bytes of all batches together. */
    public long total(CopyId copy) {
        return all(copy).bytes();
    }

    /** What all batches together have reported. */
    public Arrived all(CopyId copy) {
        return ledger.query(Query.partition("COPY#" + copy, "PROGRESS#", ALL)).items().stream()
                .map(Progress::arrived)
                .reduce(Arrived.NOTHING, Arrived::plus);
    }

    private static Key key(CopyId copy, int batch) {
        return new Key("COPY#" + copy, "PROGRESS#%04d".formatted(batch));
    }

    private static Arrived arrived(Item item) {
        return new Arrived(
                item.number("bytes"),
                item.maybeNumber("saved").orElse(0L),
                item.maybeNumber("missed").orElse(0L));
    }

    /**
     * Bytes that are in the target's upload.
     *
     * @param saved of these, those that were taken from the base, and not moved between regions
     * @param missed of these, those that were to be, and were moved as the base was no longer there
     */
    public record Arrived(long bytes, long saved, long missed) {
        public static final Arrived NOTHING = new Arrived(0, 0, 0);

        private Arrived plus(Arrived more) {
            return new Arrived(bytes + more.bytes, saved + more.saved, missed + more.missed);
        }
    }
}
