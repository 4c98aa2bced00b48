package imageferry.copying;

import imageferry.id.CopyId;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a copy's workers say of their batches, kept per batch so that wide copies never contend for one item. */
public final class Progress {
    /** A copy has at most so many batches; one page holds them all. */
    private static final int ALL = 1_000;

    private final Ledger ledger;

    public Progress(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Sets a batch's own bytes, absolute, so that reporting twice counts once. */
    void report(CopyId copy, int batch, Report report) {
        ledger.put(key(copy, batch), report.item());
    }

    /** What was reported of a batch. */
    Optional<Report> of(CopyId copy, int batch) {
        return ledger.read(key(copy, batch)).map(Report::of);
    }

    /** The bytes of all batches together. */
    public long total(CopyId copy) {
        return of(copy).arrived().bytes();
    }

    /** What was reported of all batches. */
    public All of(CopyId copy) {
        return new All(ledger.query(Query.partition("COPY#" + copy, "PROGRESS#", ALL)).items().stream()
                .map(Report::of)
                .toList());
    }

    private static Key key(CopyId copy, int batch) {
        return new Key("COPY#" + copy, "PROGRESS#%04d".formatted(batch));
    }

    /** The last reports of all batches. */
    public static final class All {
        private final List<Report> reports;

        All(List<Report> reports) {
            this.reports = reports;
        }

        public Arrived arrived() {
            return reports.stream().map(Report::arrived).reduce(Arrived.NOTHING, Arrived::plus);
        }

        /** How fast the workers move bytes now, together; empty where none says that it moves any. */
        public Optional<Long> bytesPerSecond(Instant now) {
            return Optional.of(Report.bytesPerSecond(reports, now)).filter(rate -> rate > 0);
        }

        /** How fast one stream moved bytes from the source; empty where none did. */
        Optional<Pace> stream() {
            return reports.stream().flatMap(report -> report.stream().stream()).reduce(Pace::and);
        }
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
