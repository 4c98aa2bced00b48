package imageferry.copying;

import imageferry.id.ImageId;
import imageferry.region.Region;
import imageferry.snapshot.Blob;

/** The source of a copy's bytes. */
public sealed interface Source {
    Blob blob();

    default Region region() {
        return blob().region();
    }

    /** Another image, locked while the copy runs. */
    record OfImage(ImageId image, Blob blob) implements Source {}

    /**
     * An uploaded disk under the owner's import prefix.
     *
     * @param kept whether it stays once the image is available; else it is removed then
     */
    record OfUpload(Blob blob, Claim claim, boolean kept) implements Source {}
}
