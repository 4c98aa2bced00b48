package imageferry.disk;

import imageferry.rule.Count;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A volume on an optical disc, after ECMA-119 (ISO 9660). That it can also start from a memory stick, by an MBR before the
 * volume, does not count: an image of this format is a disc. But everything that one of its tables names must be there.
 */
final class Iso9660 {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16 * SECTOR;
    private static final int BOOT_RECORD = 0;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int TERMINATOR = 255;
    private static final int SMALLEST_BLOCK = 512;

    private final View view;
    private long volumeBytes;
    private @Nullable List<BootCatalogue.BootImage> images;

    private Iso9660(View view) {
        this.view = view;
    }

    static Optional<Disk> in(View view) {
        var disc = new Iso9660(view);
        var at = disc.readDescriptors();
        if (disc.volumeBytes == 0) {
            return Optional.empty();
        }
        var images = disc.images == null ? List.<BootCatalogue.BootImage>of() : disc.images;
        images.forEach(image -> view.requireWithin("a boot image of its catalogue", image.first(), image.length()));
        DiscPartitions.require(view, disc.volumeBytes);
        Udf.require(view, at);
        return Optional.of(new Disk(Format.ISO, view.size(), BootCatalogue.bootMode(images)));
    }

    /** Gives the place behind the last one. */
    private int readDescriptors() {
        var head = view.head().little();
        var at = FIRST_DESCRIPTOR;
        while (at + SECTOR <= head.length() && head.has(at + 1, "CD001")) {
            switch (head.u8(at)) {
                case BOOT_RECORD -> readCatalogue(head.part(at, SECTOR));
                case PRIMARY, SUPPLEMENTARY -> readVolume(head.part(at, SECTOR));
                case TERMINATOR -> {
                    return at + SECTOR;
                }
                default -> {
                    // Skip other descriptors: they have neither a size nor a boot record.
                }
            }
            at += SECTOR;
        }
        return at;
    }

    /** Only that of the first boot record: firmware reads no other, and each one would be a further read of the disk. */
    private void readCatalogue(Fields descriptor) {
        if (images == null && descriptor.has(7, "EL TORITO SPECIFICATION")) {
            var at = descriptor.u32(71) * SECTOR;
            images = BootCatalogue.images(view.at("its boot catalogue", at, BootCatalogue.LENGTH));
        }
    }

    private void readVolume(Fields descriptor) {
        var isPrimary = descriptor.u8(0) == PRIMARY;
        if (isPrimary ? volumeBytes > 0 : volumeBytes == 0) {
            return;
        }
        var blockBytes = descriptor.u16(128);
        if (Integer.bitCount(blockBytes) != 1 || blockBytes < SMALLEST_BLOCK || blockBytes > SECTOR) {
            throw damaged("its volume has blocks of " + Count.of(blockBytes, "byte") + ", not of 512, 1,024 or 2,048");
        }
        var bytes = descriptor.u32(80) * blockBytes;
        if (isPrimary && bytes <= FIRST_DESCRIPTOR) {
            throw damaged("its volume of " + Count.of(bytes, "byte") + " ends before its own descriptor");
        }
        view.requireWithin("its volume", 0, bytes);
        volumeBytes = Math.max(volumeBytes, bytes);
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
