package imageferry.function;

import imageferry.id.CopyId;

/** What most states tell their function, and what they are answered: which copy. Everything else is read again. */
public record CopyTask(String copyId) {
    CopyId copy() {
        return new CopyId(copyId);
    }
}
