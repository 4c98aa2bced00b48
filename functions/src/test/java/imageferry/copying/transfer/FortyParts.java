package imageferry.copying.transfer;

import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.copying.TestClock;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.PartBatch;

/** A started copy of forty parts. The last part has one byte. */
abstract class FortyParts {
    static final Blob UPLOAD = new Blob(CopyScene.HOME, "imports/222222222222/disk.raw");
    static final int PARTS = 40;
    static final PartBatch ALL = new PartBatch(1, 1, PARTS);
    static final Bytes DISK = Bytes.random(1, (int) (39 * CopyScene.PART) + 1);

    final TestClock clock = new TestClock();
    final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    final CopyScene scene = new CopyScene(store, clock);
    final Copy copy;

    FortyParts() {
        store.put(UPLOAD, DISK);
        copy = scene.importing(UPLOAD);
        scene.started(copy);
    }
}
