package imageferry.image;

import imageferry.id.CopyId;
import imageferry.id.SnapshotId;
import java.time.Instant;

/** Components of images that a test writes directly into the ledger. */
public final class SampleImages {
    private SampleImages() {}

    /** 1,000 bytes in which no disk was recognised. */
    public static Image.Content content(SnapshotId snapshot) {
        return Image.Content.unproven(snapshot, 1_000, null);
    }

    public static Image.Origin imported(CopyId madeBy, Instant at, String by) {
        return new Image.Origin(null, madeBy, at, by);
    }
}
