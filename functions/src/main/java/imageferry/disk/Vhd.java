package imageferry.disk;

import java.util.Optional;

/**
 * Microsoft's first virtual disk, after the "Virtual Hard Disk Image Format Specification" (2006). A footer of 512 bytes
 * ends the file; a disk that grows has a copy of it at its head.
 */
final class Vhd {
    private static final String COOKIE = "conectix";
    private static final String DYNAMIC_COOKIE = "cxsparse";
    private static final int FOOTER = 512;
    private static final int DYNAMIC_HEADER = 1024;
    private static final int CHECKSUM_OF_FOOTER = 64;
    private static final int CHECKSUM_OF_HEADER = 36;
    private static final int SECTOR = 512;
    private static final long UNWRITTEN = 0xFFFF_FFFFL;

    private final View view;
    private final Fields footer;
    private final long virtualSizeBytes;

    private Vhd(View view, Fields footer) {
        this.view = view;
        this.footer = footer;
        requireChecksum("footer", footer, CHECKSUM_OF_FOOTER);
        this.virtualSizeBytes = footer.u63(48, "its size");
        if (virtualSizeBytes == 0) {
            throw DiskRefused.empty("is a VHD of a disk of 0 bytes");
        }
    }

    static Optional<Disk> in(View view) {
        var grows = view.head().has(0, COOKIE);
        if (view.size() < FOOTER || !view.last(FOOTER).has(0, COOKIE)) {
            if (grows) {
                throw DiskRefused.truncated("it begins as a VHD, and the footer that ends one is not there");
            }
            return Optional.empty();
        }
        return Optional.of(new Vhd(view, view.last(FOOTER)).disk());
    }

    private Disk disk() {
        return switch ((int) footer.u32(60)) {
            case 2 -> fixed();
            case 3 -> dynamic();
            case 4 -> throw DiskRefused.backed("a differencing VHD", "");
            default ->
                throw DiskRefused.damaged("its footer gives the disk type " + footer.u32(60) + ", not 2, 3 or 4");
        };
    }

    private Disk fixed() {
        if (virtualSizeBytes > view.size() - FOOTER) {
            throw DiskRefused.truncated("its footer tells of a disk of %d bytes, of which the object has %d"
                    .formatted(virtualSizeBytes, view.size() - FOOTER));
        }
        return disk(view.head());
    }

    private Disk dynamic() {
        var at = footer.u63(16, "the place of its header");
        var header = view.at("its header", at, DYNAMIC_HEADER);
        if (!header.has(0, DYNAMIC_COOKIE)) {
            throw DiskRefused.damaged("its header does not begin with " + DYNAMIC_COOKIE);
        }
        requireChecksum("header", header, CHECKSUM_OF_HEADER);
        var table = header.u63(16, "the place of its block table");
        var blocks = header.u32(28);
        var blockBytes = header.u32(32);
        if (blockBytes < SECTOR || Long.bitCount(blockBytes) != 1) {
            throw DiskRefused.damaged("its blocks have " + blockBytes + " bytes, which is no power of two from 512 on");
        }
        if (blocks < Math.ceilDiv(virtualSizeBytes, blockBytes)) {
            throw DiskRefused.damaged("its %d blocks of %d bytes hold no disk of %d bytes"
                    .formatted(blocks, blockBytes, virtualSizeBytes));
        }
        view.requireWithin("its block table", table, blocks * 4);
        var first = view.at("its block table", table, 4).u32(0);
        return disk(
                first == UNWRITTEN
                        ? GuestHead.unwritten()
                        : GuestHead.stored(view, first * SECTOR + bitmapBytes(blockBytes), blockBytes));
    }

    /** Before each block stands one bit for each of its sectors, filled up to whole sectors. */
    private static long bitmapBytes(long blockBytes) {
        return Math.ceilDiv(blockBytes / SECTOR / 8, SECTOR) * SECTOR;
    }

    private Disk disk(Fields guestHead) {
        return new Disk(
                Format.VHD,
                virtualSizeBytes,
                BootSectors.of(guestHead).bootMode().orElse(null));
    }

    /** The complement of the sum of all bytes but its own. */
    private static void requireChecksum(String what, Fields fields, int at) {
        var sum = 0;
        for (var i = 0; i < fields.length(); i++) {
            sum += i >= at && i < at + 4 ? 0 : fields.u8(i);
        }
        if (Integer.toUnsignedLong(~sum) != fields.u32(at)) {
            throw DiskRefused.damaged("the checksum of its VHD " + what + " is wrong");
        }
    }
}
