package imageferry.disk;

import imageferry.rule.Count;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's first virtual disk, after the "Virtual Hard Disk Image Format Specification" (2006). A footer ends the file; a
 * disk that grows has a copy of it at its head, and a table of its blocks.
 */
final class Vhd {
    private static final String DYNAMIC_COOKIE = "cxsparse";
    private static final int DYNAMIC_HEADER = 1024;
    private static final int CHECKSUM_OF_HEADER = 36;
    private static final int SECTOR = 512;
    private static final long UNWRITTEN = 0xFFFF_FFFFL;

    private final View view;
    private final VhdFooter footer;

    private Vhd(View view, VhdFooter footer) {
        this.view = view;
        this.footer = footer;
    }

    static Optional<Disk> in(View view) {
        return VhdFooter.in(view).map(footer -> new Vhd(view, footer).disk());
    }

    private Disk disk() {
        return switch (footer.type()) {
            case 2 -> fixed();
            case 3 -> dynamic();
            case 4 ->
                throw DiskRefused.backed(
                        "a differencing VHD", "", "make one file of both with Hyper-V's Convert-VHD, and upload that");
            default ->
                throw DiskRefused.damaged(
                        "its footer gives the disk type " + Integer.toUnsignedString(footer.type()) + ", not 2, 3 or 4",
                        DiskRefused.EXPORT_AGAIN);
        };
    }

    private Disk fixed() {
        if (footer.diskBytes() > footer.at()) {
            throw DiskRefused.truncated("its footer gives a disk of %s, and the object has %s before the footer"
                    .formatted(Count.of(footer.diskBytes(), "byte"), Count.of(footer.at())));
        }
        return disk(BootSectors.of(view.head()).bootMode().orElse(null));
    }

    private Disk dynamic() {
        var header = header();
        var table = header.u63(16, "the place of its block table");
        var blocks = header.u32(28);
        var blockBytes = header.u32(32);
        if (blockBytes < SECTOR || Long.bitCount(blockBytes) != 1) {
            throw damaged("its blocks have " + Count.of(blockBytes, "byte") + ", not a power of two from 512 on");
        }
        if (blocks < Math.ceilDiv(footer.diskBytes(), blockBytes)) {
            throw damaged("%s of %s cannot hold its disk of %s"
                    .formatted(
                            Count.of(blocks, "block"),
                            Count.of(blockBytes, "byte"),
                            Count.of(footer.diskBytes(), "byte")));
        }
        view.requireWithin("its block table", table, blocks * 4);
        var places = view.upTo("its block table", table, blocks * 4);
        requireBlocks(places, blockBytes);
        return disk(guestHead(places, blockBytes).bootMode().orElse(null));
    }

    private Fields header() {
        var header = view.at("its header", footer.headerAt(), DYNAMIC_HEADER);
        if (!header.has(0, DYNAMIC_COOKIE)) {
            throw damaged("its header does not begin with " + DYNAMIC_COOKIE);
        }
        if (!VhdFooter.hasChecksum(header, CHECKSUM_OF_HEADER)) {
            throw damaged("the checksum of its VHD header is wrong");
        }
        if (header.u32(24) >>> 16 != 1) {
            throw DiskRefused.unknown(
                    "is a VHD whose header has version " + (header.u32(24) >>> 16) + ", not 1", VhdFooter.CONVERT);
        }
        return header;
    }

    /** QEMU refuses blocks behind the end as well. */
    private void requireBlocks(Fields places, long blockBytes) {
        IntStream.range(0, places.length() / 4)
                .mapToLong(number -> places.u32(number * 4))
                .filter(sector -> sector != UNWRITTEN)
                .max()
                .ifPresent(sector ->
                        view.requireWithin("its last block", sector * SECTOR, bitmapBytes(blockBytes) + blockBytes));
    }

    private GuestHead guestHead(Fields places, long blockBytes) {
        var head = new GuestHead(view);
        for (var number = 0; number < places.length() / 4 && !head.isFull(); number++) {
            var sector = places.u32(number * 4);
            if (sector == UNWRITTEN) {
                head.zeros(blockBytes);
            } else {
                head.stored(sector * SECTOR + bitmapBytes(blockBytes), blockBytes);
            }
        }
        return head;
    }

    /** Each block is preceded by one bit for each of its sectors, filled up to whole sectors. */
    private static long bitmapBytes(long blockBytes) {
        return Math.ceilDiv(Math.ceilDiv(blockBytes / SECTOR, 8), SECTOR) * SECTOR;
    }

    private Disk disk(@Nullable BootMode bootMode) {
        return new Disk(Format.VHD, footer.diskBytes(), bootMode);
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
