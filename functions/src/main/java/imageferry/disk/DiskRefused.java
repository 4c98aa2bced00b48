package imageferry.disk;

import imageferry.rule.Code;

/** Carries what stands against a disk out of the reader that found it; ends as a {@link Finding.Refused}. */
final class DiskRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    private DiskRefused(Code code, String why) {
        super(why, null, false, false);
        this.code = code;
    }

    static DiskRefused empty(String what) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_EMPTY, what + "; upload a disk that holds something");
    }

    /** @param what reaches to a byte that the object does not have */
    static DiskRefused truncated(String what, long reaches, long sizeBytes) {
        return truncated("%s reaches to byte %s, and the object has %d"
                .formatted(what, Long.toUnsignedString(reaches), sizeBytes));
    }

    static DiskRefused truncated(String how) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_TRUNCATED, "is cut off: " + how + "; upload the disk again, and whole");
    }

    static DiskRefused damaged(String how) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_DAMAGED,
                "is damaged: " + how + "; make the image anew, check it with qemu-img check, and upload that");
    }

    static DiskRefused unknown(String what) {
        return new DiskRefused(Code.INVALID_IMAGE_FORMAT_UNKNOWN, what);
    }

    static DiskRefused encrypted(String how) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_ENCRYPTED,
                "is encrypted (" + how + ") and nothing that boots from it would have the key; upload it decrypted, as"
                        + " snapshots are encrypted at rest anyway");
    }

    static DiskRefused split(String how) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_SPLIT,
                "is only a piece of a disk: " + how + "; make one file of it with qemu-img convert, and upload that");
    }

    /** @param named the file that holds the rest; empty when the image does not name it */
    static DiskRefused backed(String what, String named) {
        return new DiskRefused(
                Code.INVALID_IMAGE_FORMAT_BACKING_FILE,
                "is " + what + " over " + (named.isEmpty() ? "another file" : "\"" + named + "\"")
                        + ", which holds the rest of its bytes; make one file of both with qemu-img convert, and"
                        + " upload that");
    }

    Finding.Refused finding() {
        return new Finding.Refused(code, String.valueOf(getMessage()));
    }
}
