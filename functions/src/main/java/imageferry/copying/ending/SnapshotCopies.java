package imageferry.copying.ending;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import imageferry.copying.Copies;
import imageferry.copying.Copy;
import imageferry.id.CopyId;
import imageferry.id.SnapshotId;
import imageferry.snapshot.Blob;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** Finds the copies that made snapshots, by the snapshots' names. */
final class SnapshotCopies {
    /** The maximum number of copies in one read. */
    private static final int CHUNK = 100;

    private final Map<CopyId, Copy> copies;

    private SnapshotCopies(Map<CopyId, Copy> copies) {
        this.copies = copies;
    }

    /** The copies that first made these snapshots, each followed to the retry that has its snapshot now. */
    static SnapshotCopies of(Stream<Blob> blobs, Copies copies) {
        var ids = blobs.flatMap(blob -> snapshot(blob).stream())
                .map(SnapshotId::madeBy)
                .collect(toSet());
        return new SnapshotCopies(copies.find(ids).stream().collect(toMap(Copy::id, copy -> followed(copy, copies))));
    }

    private static Copy followed(Copy copy, Copies copies) {
        var last = copy;
        while (last.end().continuedBy() != null) {
            last = copies.require(last.end().continuedBy());
        }
        return last;
    }

    Optional<Copy> of(Blob blob) {
        return snapshot(blob).map(SnapshotId::madeBy).map(copies::get);
    }

    Collection<Copy> all() {
        return copies.values();
    }

    /** Returns empty for any other object, which this class must not decide on. */
    static Optional<SnapshotId> snapshot(Blob blob) {
        return Optional.of(blob.key().substring(Blob.SNAPSHOTS.length()))
                .filter(SnapshotId::isOne)
                .map(SnapshotId::new);
    }

    static <T> List<List<T>> chunks(List<T> all) {
        return all.stream().gather(Gatherers.windowFixed(CHUNK)).toList();
    }
}
