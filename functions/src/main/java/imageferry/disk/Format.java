package imageferry.disk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The format of a disk's file. */
public enum Format {
    QCOW2,
    VHD,
    VHDX,
    VMDK,
    /** The disk's own bytes, one after the other. */
    RAW,
    /** ISO 9660, the file system of an optical disc. */
    ISO;

    /** Returns the format of that name; empty when there is none. */
    public static Optional<Format> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst();
    }

    /** Returns the name that callers use. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
