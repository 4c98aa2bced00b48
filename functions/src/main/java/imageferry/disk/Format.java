package imageferry.disk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a disk is kept in a file. */
public enum Format {
    QCOW2,
    VHD,
    VHDX,
    VMDK,
    /** The disk's own bytes, one after the other. */
    RAW,
    /** ISO 9660, the file system of an optical disc. */
    ISO;

    /** The format of that word; empty when there is none. */
    public static Optional<Format> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst();
    }

    /** The word that callers use. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
