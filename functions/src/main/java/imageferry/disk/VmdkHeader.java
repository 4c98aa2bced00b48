package imageferry.disk;

import imageferry.rule.Count;
import java.util.stream.IntStream;

/**
 * The header of a hosted sparse extent ("Virtual Disk Format 5.0"). Where it was written before the tables were known, the
 * footer of the file takes its place. Places and sizes are in sectors of 512 bytes.
 *
 * @param hasMarkers whether its place and its length precede each compressed grain
 * @param grainsOfTable how many entries a table of grains has
 */
record VmdkHeader(
        long capacity,
        long grain,
        long grainsOfTable,
        long directoryAt,
        long overhead,
        boolean hasCopy,
        long copyAt,
        boolean isCompressed,
        boolean hasMarkers,
        boolean hasZeroGrains) {
    static final String MAGIC = "KDMV";
    static final int SECTOR = 512;

    private static final long NEW_LINES_ARE_SET = 1;
    private static final long HAS_COPY = 1 << 1;
    private static final long ZERO_GRAINS = 1 << 2;
    private static final long COMPRESSED = 1 << 16;
    private static final long MARKERS = 1 << 17;
    /** Marks a header written before the tables were known; the footer has their place. */
    private static final long AT_THE_END = -1L;

    private static final long FOOTER_MARKER = 3;
    private static final int DEFLATED = 1;

    /** 2^53 bytes; no disk is larger, and sums of such numbers fit into a long. */
    private static final long MOST_SECTORS = 1L << 44;

    private static final long LARGEST_GRAIN = 1L << 21;
    private static final long MOST_GRAINS_OF_TABLE = 512;

    /** @throws DiskRefused when no field of this first sector of the file can be relied on */
    static void refuseUnreadable(Fields first) {
        refuseVersion(first);
        refuseNewLines(first);
    }

    /** @throws DiskRefused when the header, or the footer that takes its place, is missing or contradicts itself */
    static VmdkHeader of(View view, Fields first) {
        var header = of(first.bits64(56) == AT_THE_END ? footer(view) : first, first.u32(8));
        header.requireSense();
        view.requireWithin("the part before its first grain", 0, header.overhead * SECTOR);
        if (header.hasCopy) {
            view.requireWithin("the copy of its directory", header.copyAt * SECTOR, header.tables() * 4);
        }
        return header;
    }

    private static VmdkHeader of(Fields header, long flags) {
        var algorithm = header.u16(77);
        if (algorithm > DEFLATED || ((flags & COMPRESSED) != 0 && algorithm != DEFLATED)) {
            throw DiskRefused.unknown(
                    "is a VMDK compressed with the algorithm " + algorithm + ", not 1 (deflate)",
                    "export it again without compression, and upload that");
        }
        return new VmdkHeader(
                header.bits64(12),
                header.bits64(20),
                header.u32(44),
                header.bits64(56),
                header.bits64(64),
                (flags & HAS_COPY) != 0,
                header.bits64(48),
                algorithm == DEFLATED,
                (flags & MARKERS) != 0,
                (flags & ZERO_GRAINS) != 0);
    }

    private static void refuseVersion(Fields header) {
        var version = header.u32(4);
        if (version < 1 || version > 3) {
            throw DiskRefused.unknown(
                    "is a VMDK of version " + version + ", not 1 to 3",
                    "export it again as one of these, and upload that");
        }
    }

    /** The header holds line ends of every kind, so that a transfer as text is seen. */
    private static void refuseNewLines(Fields header) {
        if ((header.u32(8) & NEW_LINES_ARE_SET) != 0 && !header.has(73, "\n \r\n")) {
            throw DiskRefused.damaged(
                    "its line ends were changed, as by a transfer as text",
                    "transfer it again as binary, and upload that");
        }
    }

    /** Marker, footer, and the marker that ends the stream: one sector each. */
    private static Fields footer(View view) {
        var tail = view.tail().little();
        if (isFooter(tail, tail.length() - 2 * SECTOR)) {
            return tail.part(tail.length() - 2 * SECTOR, SECTOR);
        }
        IntStream.range(2 * SECTOR, tail.length())
                .filter(fromEnd -> isFooter(tail, tail.length() - fromEnd))
                .findFirst()
                .ifPresent(fromEnd -> {
                    throw DiskRefused.damaged(
                            "bytes follow the footer that ends a stream-optimised VMDK",
                            "remove them with `truncate -s " + (view.size() - fromEnd + 2 * SECTOR)
                                    + " FILE`, and upload FILE again");
                });
        throw DiskRefused.truncated("it is a stream-optimised VMDK, and its footer is missing");
    }

    private static boolean isFooter(Fields tail, int at) {
        return at >= SECTOR
                && at + 2 * SECTOR <= tail.length()
                && tail.has(at, MAGIC)
                && tail.u32(at - SECTOR + 8) == 0
                && tail.u32(at - SECTOR + 12) == FOOTER_MARKER
                && tail.isZero(at + SECTOR, SECTOR);
    }

    private void requireSense() {
        if (capacity == 0) {
            throw DiskRefused.empty("is a VMDK of a disk of 0 bytes");
        }
        requireSectors("its capacity", capacity);
        requireSectors("the place of its directory", directoryAt);
        requireSectors("the place of its first grain", overhead);
        if (hasCopy) {
            requireSectors("the place of the copy of its directory", copyAt);
        }
        if (grain < 1 || grain > LARGEST_GRAIN || Long.bitCount(grain) != 1) {
            throw damaged("its grains have " + Count.of(grain, "sector") + ", not a power of two up to "
                    + Count.of(LARGEST_GRAIN));
        }
        if (grainsOfTable < 1 || grainsOfTable > MOST_GRAINS_OF_TABLE) {
            throw damaged("its tables have " + Count.of(grainsOfTable, "grain") + ", not 1 to "
                    + Count.of(MOST_GRAINS_OF_TABLE));
        }
    }

    /** @throws DiskRefused when no file can have that number of sectors */
    static void requireSectors(String what, long sectors) {
        if (sectors < 0 || sectors > MOST_SECTORS) {
            throw damaged(what + " is sector " + Count.ofUnsigned(sectors));
        }
    }

    /** Returns the number of tables of grains. */
    long tables() {
        return Math.ceilDiv(capacity, grain * grainsOfTable);
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
