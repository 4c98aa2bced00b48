package imageferry.copying.transfer;

import imageferry.copying.Base;
import imageferry.copying.Copy;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.PartCopy.ByteRange;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Copies parts from the copy's base if it has them, otherwise from the source. */
final class PartCopier {
    private final SnapshotStore store;
    private final @Nullable Base base;
    private final BitSet equal;
    private final long partSizeBytes;
    private final AtomicLong savedBytes;
    private final AtomicLong missedBytes;
    /** Set when a part could not be copied from the base, for example because its owner deleted it. */
    private volatile boolean gone;

    /**
     * Continues after earlier calls.
     *
     * @param present the arrived parts; the equal ones among them were taken from the base
     * @param missedBytes the bytes of equal parts that were moved nevertheless
     */
    PartCopier(SnapshotStore store, Copy copy, IntStream present, long missedBytes) {
        this.store = store;
        this.base = copy.transfer().base();
        this.equal = base == null ? new BitSet() : base.numbers();
        this.partSizeBytes = copy.partSizeBytes();
        var plan = copy.plan();
        var taken = present.filter(equal::get).mapToLong(plan::sizeOf).sum();
        this.savedBytes = new AtomicLong(Math.max(0, taken - missedBytes));
        this.missedBytes = new AtomicLong(missedBytes);
    }

    /** A part as the target has it now, and where it was taken from. */
    record Copied(Part part, PartOrigin origin) {}

    Copied copy(PartCopy part) {
        var fromBase = fromBase(part);
        if (fromBase.isPresent()) {
            try {
                var copied = store.copyPart(fromBase.get());
                savedBytes.addAndGet(part.sizeBytes());
                return new Copied(copied, PartOrigin.BASE);
            } catch (SourceChanged | StoreRefused e) {
                gone = true;
            }
        }
        var copied = store.copyPart(part);
        if (equal.get(part.number())) {
            missedBytes.addAndGet(part.sizeBytes());
        }
        return new Copied(copied, PartOrigin.SOURCE);
    }

    private Optional<PartCopy> fromBase(PartCopy part) {
        return base == null || gone || !equal.get(part.number())
                ? Optional.empty()
                : Optional.of(new PartCopy(
                        Blob.of(part.target().region(), base.snapshot()),
                        base.eTag(),
                        part.target(),
                        part.upload(),
                        part.number(),
                        part.sizeBytes(),
                        range(part, base).orElse(null)));
    }

    /** Returns no range when the part is the whole base, as S3 refuses ranges of small objects. */
    private Optional<ByteRange> range(PartCopy part, Base base) {
        var first = (part.number() - 1) * partSizeBytes;
        return base.sizeBytes() == part.sizeBytes()
                ? Optional.empty()
                : Optional.of(new ByteRange(first, first + part.sizeBytes() - 1));
    }

    /** The bytes that were not moved between regions. */
    long savedBytes() {
        return savedBytes.get();
    }

    /** The bytes that were moved although a base had them once. */
    long missedBytes() {
        return missedBytes.get();
    }
}
