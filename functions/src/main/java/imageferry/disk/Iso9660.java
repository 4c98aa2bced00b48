package imageferry.disk;

import java.util.Optional;

/**
 * A volume on an optical disc, after ECMA-119 (ISO 9660). That it can also start from a memory stick, by an MBR before the
 * volume, does not count: an image of this format is a disc.
 */
final class Iso9660 {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16 * SECTOR;
    private static final int BOOT_RECORD = 0;
    private static final int PRIMARY = 1;
    private static final int TERMINATOR = 255;

    private Iso9660() {}

    static Optional<Disk> in(View view) {
        var head = view.head().little();
        var mode = BootMode.NONE;
        var found = false;
        for (var at = FIRST_DESCRIPTOR; at + SECTOR <= head.length(); at += SECTOR) {
            if (!head.has(at + 1, "CD001") || head.u8(at) == TERMINATOR) {
                break;
            }
            if (head.u8(at) == PRIMARY && !found) {
                found = true;
                requireVolume(view, head.part(at, SECTOR));
            } else if (head.u8(at) == BOOT_RECORD && head.has(at + 7, "EL TORITO SPECIFICATION")) {
                mode = BootCatalogue.bootMode(
                        view.at("its boot catalogue", head.u32(at + 71) * SECTOR, BootCatalogue.LENGTH));
            }
        }
        return found ? Optional.of(new Disk(Format.ISO, view.size(), mode)) : Optional.empty();
    }

    private static void requireVolume(View view, Fields descriptor) {
        var blocks = descriptor.u32(80);
        var blockBytes = descriptor.u16(128);
        view.requireWithin("its volume", 0, blocks * blockBytes);
    }
}
