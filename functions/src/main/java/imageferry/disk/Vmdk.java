package imageferry.disk;

import java.util.Optional;

/**
 * VMware's format where it is one file, monolithic sparse or stream-optimised, after "Virtual Disk Format 5.0" (its hosted
 * sparse extents). Places and sizes are in sectors of 512 bytes; a disk is cut into grains, and tables tell where each is.
 */
final class Vmdk {
    private static final String MAGIC = "KDMV";
    private static final String MAGIC_OF_ESX = "COWD";
    private static final int SECTOR = 512;
    private static final int HEADER = 512;
    private static final int LONGEST_DESCRIPTOR = 64 << 10;

    private static final long NEW_LINES_ARE_SET = 1;
    private static final long ZERO_GRAINS = 1 << 2;
    private static final long COMPRESSED = 1 << 16;
    /** The tables were not known when the header was written; the footer tells. */
    private static final long AT_THE_END = -1L;

    private static final long FOOTER_MARKER = 3;

    /** 2^53 bytes; no disk is larger, and sums of such numbers fit into a long. */
    private static final long MOST_SECTORS = 1L << 44;

    private final View view;
    private final Fields header;
    private final long flags;
    private final long capacity;
    private final long grain;
    private final long grainsOfTable;

    private Vmdk(View view) {
        this.view = view;
        var first = view.at("its header", 0, HEADER).little();
        refuseVersion(first);
        refuseNewLines(first);
        this.flags = first.u32(8);
        refuseDescriptor(first);
        this.header = first.bits64(56) == AT_THE_END ? footer() : first;
        this.capacity = header.bits64(12);
        this.grain = header.bits64(20);
        this.grainsOfTable = header.u32(44);
        requireSense();
    }

    static Optional<Disk> in(View view) {
        if (view.head().has(0, MAGIC)) {
            return Optional.of(new Vmdk(view).disk());
        }
        if (view.head().has(0, MAGIC_OF_ESX)) {
            throw VmdkDescriptor.elsewhere();
        }
        if (VmdkDescriptor.begins(view.head())) {
            VmdkDescriptor.of(view.head()).refuse(true);
        }
        return Optional.empty();
    }

    private static void refuseVersion(Fields header) {
        var version = header.u32(4);
        if (version < 1 || version > 3) {
            throw DiskRefused.unknown("is a VMDK of version " + version
                    + ", which is not known here; make one of version 1 to 3 with qemu-img convert, and upload that");
        }
    }

    /** The header holds line ends of every kind, so that a transfer as text is seen. */
    private static void refuseNewLines(Fields header) {
        if ((header.u32(8) & NEW_LINES_ARE_SET) != 0 && !header.has(73, "\n \r\n")) {
            throw DiskRefused.damaged("its line ends were changed, as when it is transferred as a text");
        }
    }

    private void refuseDescriptor(Fields header) {
        var at = header.bits64(28);
        var length = header.bits64(36);
        if (at == 0 || length == 0) {
            throw VmdkDescriptor.elsewhere();
        }
        requireSectors("the place of its descriptor", at);
        requireSectors("the length of its descriptor", length);
        VmdkDescriptor.of(view.upTo("its descriptor", at * SECTOR, Math.min(length * SECTOR, LONGEST_DESCRIPTOR)))
                .refuse(false);
    }

    /** Marker, footer, and the marker that ends the stream: one sector each. */
    private Fields footer() {
        if (view.size() < HEADER + 3 * SECTOR) {
            throw DiskRefused.truncated("it is stream-optimised, and its footer is not there");
        }
        var end = view.last(3 * SECTOR).little();
        if (end.u32(12) != FOOTER_MARKER || !end.has(SECTOR, MAGIC) || !end.isZero(2 * SECTOR, SECTOR)) {
            throw DiskRefused.truncated("it is stream-optimised, and its footer is not there");
        }
        return end.part(SECTOR, SECTOR);
    }

    private void requireSense() {
        if (capacity == 0) {
            throw DiskRefused.empty("is a VMDK of a disk of 0 bytes");
        }
        requireSectors("its capacity", capacity);
        requireSectors("the place of its directory", header.bits64(56));
        if (grain < 1 || grain > 1 << 16 || Long.bitCount(grain) != 1) {
            throw DiskRefused.damaged("its grains have " + grain + " sectors, which is no power of two up to 65536");
        }
        if (grainsOfTable < 1 || grainsOfTable > 1 << 16) {
            throw DiskRefused.damaged("its tables have " + grainsOfTable + " grains, not 1 to 65536");
        }
        if ((flags & COMPRESSED) != 0 && header.u16(77) != 1) {
            throw DiskRefused.unknown("is a VMDK compressed in the way " + header.u16(77)
                    + ", which is not known here; make another one with qemu-img convert, and upload that");
        }
    }

    private static void requireSectors(String what, long sectors) {
        if (sectors < 0 || sectors > MOST_SECTORS) {
            throw DiskRefused.damaged(what + " is sector " + Long.toUnsignedString(sectors));
        }
    }

    private Disk disk() {
        var tables = Math.ceilDiv(capacity, grain * grainsOfTable);
        var at = header.bits64(56) * SECTOR;
        view.requireWithin("its directory", at, tables * 4);
        var directory = view.upTo("its directory", at, tables * 4).little();
        requireTables(directory);
        return new Disk(
                Format.VMDK,
                capacity * SECTOR,
                BootSectors.of(guestHead(directory)).bootMode().orElse(null));
    }

    /** Every table must be there; and every grain, where the tables stand together and so can be read at once. */
    private void requireTables(Fields directory) {
        var first = Long.MAX_VALUE;
        var last = 0L;
        for (var i = 0; i < directory.length() / 4; i++) {
            var table = directory.u32(i * 4);
            if (table != 0) {
                first = Math.min(first, table);
                last = Math.max(last, table);
            }
        }
        if (last == 0) {
            return;
        }
        var end = last * SECTOR + grainsOfTable * 4;
        view.requireWithin("its last table of grains", 0, end);
        if ((flags & COMPRESSED) == 0 && end - first * SECTOR <= View.LONGEST) {
            requireGrains(
                    view.at("its tables", first * SECTOR, (int) (end - first * SECTOR))
                            .little(),
                    directory,
                    first);
        }
    }

    private void requireGrains(Fields tables, Fields directory, long first) {
        var last = 0L;
        for (var i = 0; i < directory.length() / 4; i++) {
            var table = directory.u32(i * 4);
            for (var entry = 0; table != 0 && entry < grainsOfTable; entry++) {
                last = Math.max(last, tables.u32((int) ((table - first) * SECTOR + entry * 4L)));
            }
        }
        if (last > 1) {
            view.requireWithin("its last grain", last * SECTOR, grain * SECTOR);
        }
    }

    private Fields guestHead(Fields directory) {
        var table = directory.u32(0);
        var at = table == 0
                ? 0
                : view.at("its first table", table * SECTOR, 4).little().u32(0);
        if (at == 0 || (at == 1 && (flags & ZERO_GRAINS) != 0)) {
            return GuestHead.unwritten();
        }
        if ((flags & COMPRESSED) == 0) {
            return GuestHead.stored(view, at * SECTOR, grain * SECTOR);
        }
        // Before the bytes stand the grain's place on the disk, and how many there are.
        var length = view.at("its first grain", at * SECTOR, 12).little().u32(8);
        var packed = view.upTo("its first grain", at * SECTOR + 12, Math.max(1, length));
        return GuestHead.deflated(packed.bytes(), false);
    }
}
