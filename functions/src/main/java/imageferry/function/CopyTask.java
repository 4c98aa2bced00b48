package imageferry.function;

import imageferry.id.CopyId;

/** Argument and answer of most states: the copy. Everything else is read again. */
public record CopyTask(String copyId) {
    CopyId copy() {
        return new CopyId(copyId);
    }
}
