package imageferry.simulation;

import imageferry.snapshot.Blob;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.UploadId;

/** Receives changes of bytes. */
interface BytesWatch {
    /** A part arrived. */
    void arrived(PartCopy copy);

    /** An object exists now. */
    void stored(Blob blob);

    /** An upload is about to be aborted. */
    void aborting(Blob target, UploadId upload);

    /** An object is about to be deleted. */
    void deleting(Blob blob);
}
