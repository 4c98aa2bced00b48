package imageferry.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * The boot entries of an optical disc, after the "El Torito Bootable CD-ROM Format Specification" 1.0; UEFI added a platform.
 * An entry counts when it is marked as bootable.
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

    private static final int SECTOR = 2048;
    private static final int VIRTUAL_SECTOR = 512;
    private static final int KIB = 1 << 10;

    private final Fields catalogue;
    private final List<BootImage> images = new ArrayList<>();

    private BootCatalogue(Fields catalogue) {
        this.catalogue = catalogue.little();
    }

    /**
     * The boot image of an entry.
     *
     * @param first the place on the disc, in bytes
     * @param length in bytes: the length of the floppy disk that the firmware imitates, or else the number of bytes
     *     that it loads
     */
    record BootImage(int platform, long first, long length) {}

    /** @param catalogue its first 2,048 bytes */
    static List<BootImage> images(Fields catalogue) {
        var read = new BootCatalogue(catalogue);
        if (catalogue.u8(0) == 1 && catalogue.u8(30) == 0x55 && catalogue.u8(31) == 0xAA) {
            read.entry(catalogue.u8(1), ENTRY);
            read.sections();
        }
        return read.images;
    }

    static BootMode bootMode(List<BootImage> images) {
        return BootMode.of(
                images.stream().anyMatch(image -> image.platform() == X86),
                images.stream().anyMatch(image -> image.platform() == EFI));
    }

    private void sections() {
        var at = 2 * ENTRY;
        while (at < LENGTH && (catalogue.u8(at) == SECTION || catalogue.u8(at) == LAST_SECTION)) {
            var platform = catalogue.u8(at + 1);
            var left = catalogue.u16(at + 2);
            var isLast = catalogue.u8(at) == LAST_SECTION;
            at += ENTRY;
            while (at < LENGTH && (left > 0 || catalogue.u8(at) == EXTENSION)) {
                if (catalogue.u8(at) != EXTENSION) {
                    entry(platform, at);
                    left--;
                }
                at += ENTRY;
            }
            if (isLast) {
                return;
            }
        }
    }

    private void entry(int platform, int at) {
        if (catalogue.u8(at) == BOOTABLE) {
            var loaded = (long) catalogue.u16(at + 6) * VIRTUAL_SECTOR;
            var length = Math.max(loaded, floppyBytes(catalogue.u8(at + 1) & 0x0F));
            images.add(new BootImage(platform, catalogue.u32(at + 8) * SECTOR, length));
        }
    }

    private static long floppyBytes(int medium) {
        return switch (medium) {
            case 1 -> 1200 * KIB;
            case 2 -> 1440 * KIB;
            case 3 -> 2880 * KIB;
            default -> 0;
        };
    }
}
