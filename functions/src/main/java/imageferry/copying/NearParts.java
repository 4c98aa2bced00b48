package imageferry.copying;

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
import org.jspecify.annotations.Nullable;

/** Copies parts from the nearest place: from the copy's base where it has them, and from the source what it has not. */
final class NearParts {
    private final SnapshotStore store;
    private final @Nullable Base base;
    private final BitSet equal;
    private final long partSizeBytes;
    private final AtomicLong savedBytes;
    /** The base was deleted or overwritten meanwhile, as its owner may do. */
    private volatile boolean gone;

    /** @param savedBytes what earlier calls took from the base */
    NearParts(SnapshotStore store, Copy copy, long savedBytes) {
        this.store = store;
        this.base = copy.base();
        this.equal = base == null ? new BitSet() : base.numbers();
        this.partSizeBytes = copy.partSizeBytes();
        this.savedBytes = new AtomicLong(savedBytes);
    }

    /** The part as the target has it now. */
    Part copy(PartCopy part) {
        var near = near(part);
        if (near.isPresent()) {
            try {
                var copied = store.copyPart(near.get());
                savedBytes.addAndGet(part.sizeBytes());
                return copied;
            } catch (SourceChanged | StoreRefused e) {
                gone = true;
            }
        }
        return store.copyPart(part);
    }

    private Optional<PartCopy> near(PartCopy part) {
        return base == null || gone || !equal.get(part.number())
                ? Optional.empty()
                : Optional.of(new PartCopy(
                        Blob.of(part.target().region(), base.snapshot()),
                        base.eTag(),
                        part.target(),
                        part.upload(),
                        part.number(),
                        part.sizeBytes(),
                        range(part, base)));
    }

    /** None where the part is all of it, as S3 refuses ranges of small objects. */
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
}
