package imageferry.disk;

import java.util.Optional;

/**
 * QEMU's copy-on-write format, versions 2 and 3, after "The qcow2 image format" ({@code docs/interop/qcow2} of QEMU). Its
 * own count of references tells where its last cluster begins, so a missing end is seen.
 */
final class Qcow2 {
    private static final String MAGIC = "QFI\u00fb";
    private static final int HEADER_OF_VERSION_2 = 72;
    private static final int HEADER_OF_VERSION_3 = 104;

    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final long EXTENDED_L2 = 1 << 4;
    /** Dirty, corrupt, external data, compression type, extended L2: what came later may mean anything. */
    private static final long UNDERSTOOD = (1 << 5) - 1;

    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final long COMPRESSED = 1L << 62;
    private static final long READS_AS_ZEROS = 1;

    private final View view;
    private final Fields header;
    private final boolean isVersion2;
    private final int clusterBits;
    private final long clusterBytes;
    private final long virtualSizeBytes;
    private final long firstTable;
    private final long references;
    private final long referencesBytes;

    private Qcow2(View view) {
        this.view = view;
        var version = view.head().u32(4);
        if (version != 2 && version != 3) {
            throw DiskRefused.unknown("is a qcow image of version " + version
                    + ", which is not known here; make qcow2 of it with qemu-img convert, and upload that");
        }
        this.isVersion2 = version == 2;
        this.header = view.at("its header", 0, isVersion2 ? HEADER_OF_VERSION_2 : HEADER_OF_VERSION_3);
        refuseWhatCannotBoot();
        var bits = header.u32(20);
        if (bits < 9 || bits > 21) {
            throw DiskRefused.damaged("its header gives clusters of 2^" + bits + " bytes, not of 2^9 to 2^21");
        }
        this.clusterBits = (int) bits;
        this.clusterBytes = 1L << clusterBits;
        this.virtualSizeBytes = header.u63(24, "its size");
        if (virtualSizeBytes == 0) {
            throw DiskRefused.empty("is a qcow2 image of a disk of 0 bytes");
        }
        this.firstTable = header.u63(40, "the place of its first table");
        this.references = header.u63(48, "the place of its table of references");
        this.referencesBytes = header.u32(56) * clusterBytes;
    }

    static Optional<Disk> in(View view) {
        return view.head().has(0, MAGIC) ? Optional.of(new Qcow2(view).disk()) : Optional.empty();
    }

    private Disk disk() {
        requireTables();
        requireLastCluster();
        return new Disk(
                Format.QCOW2,
                virtualSizeBytes,
                guestHead().flatMap(head -> BootSectors.of(head).bootMode()).orElse(null));
    }

    private long incompatible() {
        return isVersion2 ? 0 : header.bits64(72);
    }

    private void refuseWhatCannotBoot() {
        if (header.bits64(8) != 0) {
            var length = (int) Math.min(header.u32(16), View.HEAD);
            var at = header.bits64(8);
            var named = at > 0 && at < View.HEAD ? view.head().shown((int) at, length) : "";
            throw DiskRefused.backed("a qcow2 image", named);
        }
        if (header.u32(32) != 0) {
            throw DiskRefused.encrypted("qcow2 with " + (header.u32(32) == 1 ? "AES" : "LUKS"));
        }
        var features = incompatible();
        if ((features & EXTERNAL_DATA) != 0) {
            throw DiskRefused.split("it is a qcow2 image whose data are in another file");
        }
        if ((features & CORRUPT) != 0) {
            throw DiskRefused.damaged("QEMU marked this qcow2 image as corrupt");
        }
        if ((features & ~UNDERSTOOD) != 0) {
            throw DiskRefused.unknown("is a qcow2 image with features that are not known here (bits "
                    + Long.toBinaryString(features) + "); make a plain one with qemu-img convert, and upload that");
        }
    }

    private void requireTables() {
        var entries = header.u32(36);
        var needed = Math.ceilDiv(Math.ceilDiv(virtualSizeBytes, clusterBytes), clusterBytes / entryBytes());
        if (entries < needed) {
            throw DiskRefused.damaged(
                    "its first table has %d entries, and its size needs %d".formatted(entries, needed));
        }
        view.requireWithin("its first table", firstTable, entries * 8);
        view.requireWithin("its table of references", references, referencesBytes);
    }

    private int entryBytes() {
        return (incompatible() & EXTENDED_L2) != 0 ? 16 : 8;
    }

    /** The last cluster may be a part of one, so only its beginning must be there. */
    private void requireLastCluster() {
        if (referencesBytes == 0) {
            throw DiskRefused.damaged("it has no table of references");
        }
        var table = view.upTo("its table of references", references, referencesBytes);
        var last = table.length() / 8 - 1;
        while (last >= 0 && table.bits64(last * 8) == 0) {
            last--;
        }
        if (last < 0) {
            throw DiskRefused.damaged("its table of references is empty");
        }
        var bits = 1 << referenceOrder();
        var block =
                view.upTo("its references", table.u63(last * 8, "an entry of its references") & OFFSET, clusterBytes);
        var used = block.length() - 1;
        while (used >= 0 && block.u8(used) == 0) {
            used--;
        }
        var clustersOfBlock = clusterBytes * 8 / bits;
        var cluster = last * clustersOfBlock + Math.max(0, used) * 8L / bits;
        if (cluster > 0) {
            view.requireWithin("its last cluster", cluster * clusterBytes, 1);
        }
    }

    private int referenceOrder() {
        var order = isVersion2 ? 4 : header.u32(96);
        if (order > 6) {
            throw DiskRefused.damaged("its header gives references of 2^" + order + " bits, not of up to 2^6");
        }
        return (int) order;
    }

    /** Empty when the first cluster is kept in a way that only QEMU's own tools read. */
    private Optional<Fields> guestHead() {
        var first = view.at("its first table", firstTable, 8).bits64(0) & OFFSET;
        if (first == 0) {
            return Optional.of(GuestHead.unwritten());
        }
        var entry = view.at("its second table", first, 8).bits64(0);
        if ((entry & COMPRESSED) != 0) {
            return isDeflated() ? Optional.of(inflated(entry)) : Optional.empty();
        }
        if (entryBytes() == 16) {
            return entry == 0 ? Optional.of(GuestHead.unwritten()) : Optional.empty();
        }
        return Optional.of(
                (entry & OFFSET) == 0 || (!isVersion2 && (entry & READS_AS_ZEROS) != 0)
                        ? GuestHead.unwritten()
                        : GuestHead.stored(view, entry & OFFSET, clusterBytes));
    }

    private boolean isDeflated() {
        var hasType = !isVersion2 && header.u32(100) > HEADER_OF_VERSION_3;
        return !hasType || view.head().u8(104) == 0;
    }

    private Fields inflated(long entry) {
        var offsetBits = 62 - (clusterBits - 8);
        var at = entry & ((1L << offsetBits) - 1);
        var sectors = ((entry & ~COMPRESSED & Long.MAX_VALUE) >> offsetBits) + 1;
        return GuestHead.deflated(
                view.upTo("its first cluster", at, sectors * 512 - at % 512).bytes(), true);
    }
}
