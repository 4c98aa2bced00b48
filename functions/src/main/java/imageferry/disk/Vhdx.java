package imageferry.disk;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * Microsoft's second virtual disk, after "[MS-VHDX]: Virtual Hard Disk v2 (VHDX) File Format". Its header and its table of
 * regions stand twice, so that one may be torn; its table of blocks tells where the last one ends.
 */
final class Vhdx {
    private static final String SIGNATURE = "vhdxfile";
    private static final long[] HEADERS = {64 << 10, 128 << 10};
    private static final long[] REGION_TABLES = {192 << 10, 256 << 10};
    private static final int HEADER = 4 << 10;
    private static final int TABLE = 64 << 10;
    private static final int MIB = 1 << 20;

    private static final Guid BLOCKS = Guid.of("2DC27766-F623-4200-9D64-115E9BFD4A08");
    private static final Guid METADATA = Guid.of("8B7CA206-4790-4B9A-B8FE-575F050F886E");
    private static final Guid FILE_PARAMETERS = Guid.of("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    private static final Guid VIRTUAL_SIZE = Guid.of("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    private static final Guid SECTOR_SIZE = Guid.of("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");

    private static final long STATE = 7;
    private static final long PRESENT = 6;
    private static final long PARTLY_PRESENT = 7;
    private static final long LARGEST_DISK = 64L << 40;

    private final View view;

    private Vhdx(View view) {
        this.view = view;
    }

    /** A piece of the file that has a purpose of its own. */
    private record Region(long first, long length) {}

    static Optional<Disk> in(View view) {
        return view.head().has(0, SIGNATURE) ? Optional.of(new Vhdx(view).disk()) : Optional.empty();
    }

    private Disk disk() {
        requireHeader();
        var regions = regionTable();
        var blocks = region(regions, BLOCKS, "its table of blocks");
        var metadata = region(regions, METADATA, "its metadata");
        var table = view.at("its metadata", metadata.first(), TABLE).little();
        if (!table.has(0, "metadata")) {
            throw DiskRefused.damaged("its metadata do not begin with their signature");
        }
        var parameters = item(metadata, table, FILE_PARAMETERS, 8, "block size");
        if ((parameters.u32(4) & 2) != 0) {
            throw DiskRefused.backed("a differencing VHDX", "");
        }
        var blockBytes = parameters.u32(0);
        var size = item(metadata, table, VIRTUAL_SIZE, 8, "size").u63(0, "its size");
        var sectorBytes = item(metadata, table, SECTOR_SIZE, 4, "sector size").u32(0);
        requireSense(blockBytes, size, sectorBytes);
        var layout = new Layout(blockBytes, size, sectorBytes);
        var places = blockTable(blocks, layout);
        requireBlocks(places, layout);
        var first = places.bits64(0);
        var guestHead = isStored(first) ? GuestHead.stored(view, place(first), blockBytes) : GuestHead.unwritten();
        return new Disk(Format.VHDX, size, BootSectors.of(guestHead).bootMode().orElse(null));
    }

    private void requireHeader() {
        var version = LongStream.of(HEADERS)
                .mapToObj(at -> view.at("its headers", at, HEADER).little())
                .filter(header -> header.has(0, "head") && isSound(header))
                .max(Comparator.comparing(header -> header.bits64(8), Long::compareUnsigned))
                .map(header -> header.u16(66))
                .orElseThrow(() -> DiskRefused.damaged("neither of its two headers is sound"));
        if (version != 1) {
            throw DiskRefused.unknown("is a VHDX of version " + version
                    + ", which is not known here; make one of version 1, and upload that");
        }
    }

    private Fields regionTable() {
        return LongStream.of(REGION_TABLES)
                .mapToObj(at -> view.at("its table of regions", at, TABLE).little())
                .filter(table -> table.has(0, "regi") && isSound(table))
                .findFirst()
                .orElseThrow(() -> DiskRefused.damaged("neither of its two tables of regions is sound"));
    }

    private static boolean isSound(Fields piece) {
        var crc = new CRC32C();
        crc.update(piece.bytes(), 0, 4);
        crc.update(new byte[4]);
        crc.update(piece.bytes(), 8, piece.length() - 8);
        return crc.getValue() == piece.u32(4);
    }

    private Region region(Fields table, Guid id, String what) {
        var at = entry(table, 16, table.u32(8), id);
        if (at.isEmpty()) {
            throw DiskRefused.damaged("its table of regions does not name " + what);
        }
        var entry = (int) at.getAsLong();
        var region = new Region(table.u63(entry + 16, "the place of " + what), table.u32(entry + 24));
        view.requireWithin(what, region.first(), region.length());
        return region;
    }

    private Fields item(Region metadata, Fields table, Guid id, int length, String what) {
        var at = entry(table, 32, table.u16(10), id);
        if (at.isEmpty()) {
            throw DiskRefused.damaged("its metadata do not tell its " + what);
        }
        var first = metadata.first() + table.u32((int) at.getAsLong() + 16);
        return view.at("its " + what, first, length).little();
    }

    /** Where the entry of that id stands in a table of entries of 32 bytes. */
    private static OptionalLong entry(Fields table, int first, long entries, Guid id) {
        return LongStream.range(0, Math.min(entries, (TABLE - first) / 32))
                .map(number -> first + number * 32)
                .filter(at -> Guid.at(table, (int) at).equals(id))
                .findFirst();
    }

    private static void requireSense(long blockBytes, long size, long sectorBytes) {
        if (blockBytes < MIB || blockBytes > 256 * MIB || Long.bitCount(blockBytes) != 1) {
            throw DiskRefused.damaged(
                    "its blocks have " + blockBytes + " bytes, which is no power of two from 1 MiB to 256 MiB");
        }
        if (sectorBytes != 512 && sectorBytes != 4096) {
            throw DiskRefused.damaged("its sectors have " + sectorBytes + " bytes, not 512 or 4096");
        }
        if (size == 0) {
            throw DiskRefused.empty("is a VHDX of a disk of 0 bytes");
        }
        if (size > LARGEST_DISK) {
            throw DiskRefused.damaged("it tells of a disk of " + size + " bytes, and a VHDX holds 64 TiB");
        }
    }

    /** How the disk is cut into blocks: after so many of them the table has an entry that is for differencing disks. */
    private record Layout(long blockBytes, long virtualSizeBytes, long sectorBytes) {
        long chunk() {
            return (sectorBytes << 23) / blockBytes;
        }

        long entries() {
            var blocks = Math.ceilDiv(virtualSizeBytes, blockBytes);
            return blocks + (blocks - 1) / chunk();
        }

        boolean isOfBlock(long entry) {
            return entry % (chunk() + 1) != chunk();
        }
    }

    private Fields blockTable(Region region, Layout layout) {
        if (region.length() / 8 < layout.entries()) {
            throw DiskRefused.damaged("its table of blocks has room for %d entries, and its size needs %d"
                    .formatted(region.length() / 8, layout.entries()));
        }
        return view.upTo("its table of blocks", region.first(), layout.entries() * 8)
                .little();
    }

    private void requireBlocks(Fields table, Layout layout) {
        LongStream.range(0, table.length() / 8)
                .filter(layout::isOfBlock)
                .map(number -> table.bits64((int) number * 8))
                .filter(Vhdx::isStored)
                .map(entry -> place(entry) + layout.blockBytes())
                .max()
                .ifPresent(end -> view.requireWithin("its last block", 0, end));
    }

    private static boolean isStored(long entry) {
        return (entry & STATE) == PRESENT || (entry & STATE) == PARTLY_PRESENT;
    }

    private static long place(long entry) {
        return (entry >>> 20) * MIB;
    }
}
