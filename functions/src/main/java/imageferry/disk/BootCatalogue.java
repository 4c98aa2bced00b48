package imageferry.disk;

/**
 * The list of what can be started from an optical disc, after the "El Torito Bootable CD-ROM Format Specification" 1.0; UEFI
 * added a platform of its own. An entry counts when it is marked as bootable.
 */
final class BootCatalogue {
    static final int LENGTH = 2048;

    private static final int ENTRY = 32;
    private static final int BOOTABLE = 0x88;
    private static final int SECTION = 0x90;
    private static final int LAST_SECTION = 0x91;
    private static final int EXTENSION = 0x44;
    private static final int X86 = 0;
    private static final int EFI = 0xEF;

    private boolean bios;
    private boolean uefi;

    /** @param catalogue its first 2,048 bytes */
    static BootMode bootMode(Fields catalogue) {
        var read = new BootCatalogue();
        if (catalogue.u8(0) == 1 && catalogue.u8(30) == 0x55 && catalogue.u8(31) == 0xAA) {
            read.entry(catalogue.u8(1), catalogue.u8(ENTRY));
            read.sections(catalogue.little());
        }
        return BootMode.of(read.bios, read.uefi);
    }

    private void sections(Fields catalogue) {
        var at = 2 * ENTRY;
        while (at < LENGTH && (catalogue.u8(at) == SECTION || catalogue.u8(at) == LAST_SECTION)) {
            var platform = catalogue.u8(at + 1);
            var left = catalogue.u16(at + 2);
            var isLast = catalogue.u8(at) == LAST_SECTION;
            at += ENTRY;
            while (at < LENGTH && (left > 0 || catalogue.u8(at) == EXTENSION)) {
                if (catalogue.u8(at) != EXTENSION) {
                    entry(platform, catalogue.u8(at));
                    left--;
                }
                at += ENTRY;
            }
            if (isLast) {
                return;
            }
        }
    }

    private void entry(int platform, int indicator) {
        bios |= indicator == BOOTABLE && platform == X86;
        uefi |= indicator == BOOTABLE && platform == EFI;
    }
}
