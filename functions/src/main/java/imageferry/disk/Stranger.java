package imageferry.disk;

import java.util.List;
import java.util.Optional;

/**
 * What is uploaded by mistake most often, so that a refusal can say what it is and not only that it is unknown.
 *
 * @param at where its signature stands
 * @param signature one character for each byte
 * @param what completes "is …"
 */
record Stranger(int at, String signature, String what) {
    private static final List<Stranger> KNOWN = List.of(
            new Stranger(0, "\u001f\u008b\b", "compressed (gzip); unpack it"),
            new Stranger(0, "\u00fd7zXZ\0", "compressed (xz); unpack it"),
            new Stranger(0, "(\u00b5/\u00fd", "compressed (zstd); unpack it"),
            new Stranger(0, "BZh", "compressed (bzip2); unpack it"),
            new Stranger(0, "PK\u0003\u0004", "an archive (zip); unpack the disk in it"),
            new Stranger(0, "7z\u00bc\u00af'\u001c", "an archive (7z); unpack the disk in it"),
            new Stranger(257, "ustar", "an archive (tar, as an OVA is); unpack the disk in it"),
            new Stranger(64, "\u007f\u0010\u00da\u00be", "a VDI; make qcow2 of it with qemu-img convert"),
            new Stranger(0, "QED\0", "a QED image; make qcow2 of it with qemu-img convert"));

    private static final String LUKS = "LUKS\u00ba\u00be";

    /** What the disk is instead of one; empty when it is nothing known. */
    static Optional<DiskRefused> in(View view) {
        if (view.head().has(0, LUKS)) {
            return Optional.of(DiskRefused.encrypted("LUKS"));
        }
        return KNOWN.stream()
                .filter(one -> view.head().has(one.at(), one.signature()))
                .findFirst()
                .map(one -> DiskRefused.unknown("is " + one.what() + ", and upload that"));
    }
}
