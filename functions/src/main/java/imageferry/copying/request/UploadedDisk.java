package imageferry.copying.request;

import imageferry.disk.DiskBytes;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SnapshotStore;

/** An uploaded object's bytes, pinned to the version that the facts describe. */
record UploadedDisk(SnapshotStore store, Blob blob, BlobFacts facts) implements DiskBytes {
    @Override
    public long sizeBytes() {
        return facts.sizeBytes();
    }

    @Override
    public byte[] read(long first, int length) {
        return store.read(blob, facts.eTag(), first, length);
    }
}
