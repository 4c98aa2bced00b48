package imageferry.copying;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import imageferry.id.CopyId;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reports of a copy's workers about their batches. All reports of a copy are in one item, so that one read covers up to 100
 * copies; each batch sets an attribute of its own there, so that no worker waits for another.
 */
public final class Progress {
    private static final String BATCH = "batch ";

    private final Ledger ledger;

    public Progress(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Sets a batch's own bytes, absolute, so that reporting twice counts once. */
    public void report(CopyId copy, int batch, BatchReport report) {
        ledger.put(key(copy), Item.empty().with(attribute(batch), report.item().attributes()));
    }

    public Optional<BatchReport> of(CopyId copy, int batch) {
        return ledger.read(key(copy))
                .flatMap(item -> item.nested(attribute(batch)))
                .map(BatchReport::of);
    }

    /** The bytes of all batches together. */
    public long total(CopyId copy) {
        return of(copy).arrived().bytes();
    }

    public All of(CopyId copy) {
        return all(ledger.read(key(copy)).orElse(Item.empty()));
    }

    /** The reports of each of these copies; at most 100. */
    public Map<CopyId, All> of(Collection<CopyId> copies) {
        var items = ledger.read(copies.stream().map(Progress::key).toList());
        return copies.stream()
                .distinct()
                .collect(toMap(identity(), copy -> all(items.getOrDefault(key(copy), Item.empty()))));
    }

    private static All all(Item item) {
        return new All(item.attributes().keySet().stream()
                .filter(name -> name.startsWith(BATCH))
                .flatMap(name -> item.nested(name).stream())
                .map(BatchReport::of)
                .toList());
    }

    private static String attribute(int batch) {
        return BATCH + batch;
    }

    private static Key key(CopyId copy) {
        return new Key("COPY#" + copy, "PROGRESS");
    }

    public record All(List<BatchReport> reports) {
        public Arrived arrived() {
            return reports.stream().map(BatchReport::arrived).reduce(Arrived.NOTHING, Arrived::plus);
        }

        /** Returns the current rate of all workers together; empty when none reports any. */
        public Optional<Long> bytesPerSecond(Instant now) {
            return Optional.of(BatchReport.bytesPerSecond(reports, now)).filter(rate -> rate > 0);
        }

        /** Returns the throughput of one stream from the source; empty when no part came from it. */
        public Optional<Throughput> stream() {
            return reports.stream()
                    .flatMap(report -> Stream.ofNullable(report.stream()))
                    .reduce(Throughput::and);
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
