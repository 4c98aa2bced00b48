package imageferry.disk;

import imageferry.rule.Code;
import imageferry.rule.Count;

/**
 * Carries the fault of a disk out of the reader that found it; ends as a {@link Finding.Refused}. Commands in an advice
 * are between backticks: FILE is the refused file, NEW is the file that the command makes.
 */
final class DiskRefused extends RuntimeException {
    /** Advice for a format that qemu-img also reads. */
    static final String CONVERT = "convert it with `qemu-img convert -O qcow2 FILE NEW`, and upload NEW";

    /** Advice for a disk with another part that the file names or the owner knows. */
    static final String CONVERT_BOTH =
            "keep that file where it is named, make one file of both with `qemu-img convert -O qcow2 FILE NEW`, and upload NEW";

    /** Advice for a fault that no tool repairs. */
    static final String EXPORT_AGAIN = "export or download it again, and upload that";

    private final Code code;
    private final boolean rawAllowed;

    private DiskRefused(Code code, String why, boolean rawAllowed) {
        super(why, null, false, false);
        this.code = code;
        this.rawAllowed = rawAllowed;
    }

    private DiskRefused(Code code, String why) {
        this(code, why, false);
    }

    static DiskRefused empty(String what) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_EMPTY, what + "; upload a disk that holds something");
    }

    /** @param end the byte after the last one of {@code what}; unsigned */
    static DiskRefused truncated(String what, long end, long sizeBytes) {
        return truncated("%s ends at byte %s, but the object has only %s"
                .formatted(what, Count.ofUnsigned(end), Count.of(sizeBytes, "byte")));
    }

    static DiskRefused truncated(String how) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off: " + how + "; upload the whole file again");
    }

    /** @param otherwise the advice when nothing of the file is missing */
    static DiskRefused truncatedOr(String how, String otherwise) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_TRUNCATED,
                "is cut off: " + how + "; upload the whole file again; " + otherwise);
    }

    static DiskRefused damaged(String how, String advice) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_DAMAGED, "is damaged: " + how + "; " + advice);
    }

    /** Another kind of file than a disk that is imported; {@code "format": "raw"} does not change that. */
    static DiskRefused unknown(String what, String advice) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_UNKNOWN, what + "; " + advice);
    }

    /** Bytes that may be a disk: a caller who says {@code "format": "raw"} can import them. */
    static DiskRefused unrecognised(String what) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_UNKNOWN, what, true);
    }

    static DiskRefused encrypted(String how, String advice) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_ENCRYPTED,
                "is encrypted (" + how + "), and an instance would not have the key; snapshots are encrypted at rest"
                        + " anyway, so " + advice);
    }

    static DiskRefused split(String how, String advice) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_SPLIT, "is only a piece of a disk: " + how + "; " + advice);
    }

    /** @param named the file that holds the rest; empty when the image does not name it */
    static DiskRefused backed(String what, String named, String advice) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_BACKING_FILE,
                "is " + what + " over " + (named.isEmpty() ? "another file" : "\"" + named + "\"")
                        + ", which holds the rest of its bytes; " + advice);
    }

    /** Returns whether the caller may import it as a raw disk. */
    boolean allowsRaw() {
        return rawAllowed;
    }

    Finding.Refused finding() {
        return new Finding.Refused(code, String.valueOf(getMessage()));
    }
}
