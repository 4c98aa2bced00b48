package imageferry.disk;

import java.util.Arrays;

/** The firmware that can start a disk. */
public enum BootMode {
    BIOS("bios"),
    UEFI("uefi"),
    BOTH("bios-and-uefi"),
    NONE("none");

    private final String word;

    BootMode(String word) {
        this.word = word;
    }

    static BootMode of(boolean bios, boolean uefi) {
        if (bios) {
            return uefi ? BOTH : BIOS;
        }
        return uefi ? UEFI : NONE;
    }

    /** @throws IllegalArgumentException when no boot mode has that word */
    public static BootMode of(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no boot mode \"" + word + "\""));
    }

    /** Returns the name that callers see. */
    @Override
    public String toString() {
        return word;
    }
}
