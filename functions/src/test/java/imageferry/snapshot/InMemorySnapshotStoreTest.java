package imageferry.snapshot;

import java.time.InstantSource;

class InMemorySnapshotStoreTest extends SnapshotStoreContract {
    private final InMemorySnapshotStore store = new InMemorySnapshotStore(InstantSource.system());

    @Override
    protected SnapshotStore store() {
        return store;
    }

    @Override
    protected void put(Blob blob, Bytes bytes) {
        store.put(blob, bytes);
    }

    @Override
    protected void putWithSha256(Blob blob, Bytes bytes) {
        store.putWithSha256(blob, bytes);
    }

    @Override
    protected byte[] read(Blob blob) {
        return store.read(blob);
    }
}
