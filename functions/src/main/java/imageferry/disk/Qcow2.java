package imageferry.disk;

import imageferry.rule.Count;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * QEMU's copy-on-write format, versions 2 and 3. A first table names second tables, which name clusters. Its own counts of
 * references give the beginning of the last cluster, so a missing end is seen.
 */
final class Qcow2 {
    private static final String MAGIC = "QFI\u00fb";
    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final long COMPRESSED = 1L << 62;
    private static final long READS_AS_ZEROS = 1;
    private static final int PARTS = 32;

    private final View view;
    private final Qcow2Header header;
    private final long clusterBytes;

    private Qcow2(View view) {
        this.view = view;
        this.header = Qcow2Header.in(view);
        this.clusterBytes = header.clusterBytes();
    }

    static Optional<Disk> in(View view) {
        return view.head().has(0, MAGIC) ? Optional.of(new Qcow2(view).disk()) : Optional.empty();
    }

    private Disk disk() {
        var first = view.upTo("its first table", header.firstTable(), header.firstEntries() * 8);
        requireSecondTables(first);
        requireLastCluster();
        return new Disk(
                Format.QCOW2,
                header.virtualSizeBytes(),
                guestHead(first.bits64(0) & OFFSET).bootMode().orElse(null));
    }

    private void requireSecondTables(Fields first) {
        IntStream.range(0, first.length() / 8)
                .mapToLong(number -> first.bits64(number * 8) & OFFSET)
                .forEach(place -> {
                    if (place % clusterBytes != 0) {
                        throw damaged("a second table is at byte " + Count.of(place)
                                + ", which is not a multiple of the cluster size");
                    }
                    view.requireWithin("a second table", place, 1);
                });
    }

    /** The last cluster may be a part of one, so only its beginning must be there. */
    private void requireLastCluster() {
        var table = view.upTo("its table of references", header.references(), header.referencesBytes());
        var last = table.length() / 8 - 1;
        while (last >= 0 && table.bits64(last * 8) == 0) {
            last--;
        }
        if (last < 0 && header.isDirty()) {
            return;
        }
        if (last < 0) {
            throw DiskRefused.damaged("its table of references is empty", Qcow2Header.REPAIR);
        }
        requireLastCluster(last, table.u63(last * 8, "an entry of its references") & OFFSET);
    }

    private void requireLastCluster(int blockNumber, long blockAt) {
        var bits = 1 << header.referenceOrder();
        var block = view.upTo("a block of its references", blockAt, clusterBytes);
        var used = block.length() - 1;
        while (used >= 0 && block.u8(used) == 0) {
            used--;
        }
        var clustersOfBlock = clusterBytes * 8 / bits;
        var cluster = blockNumber * clustersOfBlock + Math.max(0, used) * 8L / bits;
        if (cluster > 0 && cluster > (view.size() - 1) / clusterBytes) {
            throw DiskRefused.truncatedOr(
                    "its last cluster is at byte %s, but the object has only %s"
                            .formatted(Count.of(cluster * clusterBytes), Count.of(view.size(), "byte")),
                    "but if `qemu-img check FILE` finds no error, QEMU only reserved that cluster: "
                            + DiskRefused.CONVERT);
        }
    }

    private GuestHead guestHead(long second) {
        var head = new GuestHead(view);
        if (second == 0) {
            head.zeros(GuestHead.LENGTH);
            return head;
        }
        var entries = (int) Math.min(Math.ceilDiv(GuestHead.LENGTH, clusterBytes), clustersOfDisk());
        var table = view.upTo("its second table", second, (long) entries * header.entryBytes());
        for (var number = 0; number < table.length() / header.entryBytes(); number++) {
            add(head, table, number * header.entryBytes());
        }
        return head;
    }

    private long clustersOfDisk() {
        return Math.ceilDiv(header.virtualSizeBytes(), clusterBytes);
    }

    private void add(GuestHead head, Fields table, int at) {
        var entry = table.bits64(at);
        if ((entry & COMPRESSED) != 0) {
            addCompressed(head, entry);
        } else if (header.entryBytes() == 16) {
            addParts(head, entry & OFFSET, table.bits64(at + 8));
        } else if ((entry & OFFSET) == 0 || (!header.isVersion2() && (entry & READS_AS_ZEROS) != 0)) {
            head.zeros(clusterBytes);
        } else {
            head.stored(entry & OFFSET, clusterBytes);
        }
    }

    /** The bitmap has a bit for each part of the cluster: stored in its low half, all zeros in its high half. */
    private void addParts(GuestHead head, long cluster, long bitmap) {
        var partBytes = clusterBytes / PARTS;
        for (var part = 0; part < PARTS; part++) {
            var isStored = (bitmap >>> part & 1) != 0;
            var isZero = (bitmap >>> (PARTS + part) & 1) != 0;
            if (isStored && !isZero) {
                head.stored(cluster + part * partBytes, partBytes);
            } else {
                head.zeros(partBytes);
            }
        }
    }

    private void addCompressed(GuestHead head, long entry) {
        if (!header.isDeflated()) {
            head.unreadable();
            return;
        }
        var offsetBits = 62 - (header.clusterBits() - 8);
        var at = entry & ((1L << offsetBits) - 1);
        var sectors = ((entry & ~COMPRESSED & Long.MAX_VALUE) >> offsetBits) + 1;
        head.deflated(at, sectors * 512 - at % 512, clusterBytes, Packing.DEFLATE);
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
