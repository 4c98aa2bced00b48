package imageferry.simulation;

import imageferry.snapshot.Blob;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.UploadId;

/** Is told what happens to bytes. */
interface BytesWatch {
    /** A part arrived. */
    void arrived(PartCopy copy);

    /** An object is there. */
    void stored(Blob blob);

    /** An upload is about to be aborted. */
    void aborting(Blob target, UploadId upload);

    /** An object is about to be deleted. */
    void deleting(Blob blob);
}
