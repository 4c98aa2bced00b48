package imageferry.disk;

import java.util.Optional;

/**
 * VMware's format where it is one file, monolithic sparse or stream-optimised, after "Virtual Disk Format 5.0" (its hosted
 * sparse extents). A disk is cut into grains, tables give the place of each, and a directory gives the place of each table.
 */
final class Vmdk {
    private static final String MAGIC_OF_ESX = "COWD";
    private static final String MAGIC_OF_SE_SPARSE = "\u00be\u00ba\u00fe\u00ca\0\0\0\0";
    private static final int SECTOR = VmdkHeader.SECTOR;
    private static final int LONGEST_DESCRIPTOR = 64 << 10;
    /** Before each grain: its place on the disk, and its length. */
    private static final int MARKER = 12;
    /** Reads that remain after the first grains are found. */
    private static final int READS_FOR_GRAINS = 4;

    private final View view;
    private final VmdkHeader header;

    private Vmdk(View view) {
        this.view = view;
        var first = view.at("its header", 0, SECTOR).little();
        VmdkHeader.refuseUnreadable(first);
        refuseDescriptor(first);
        this.header = VmdkHeader.of(view, first);
    }

    static Optional<Disk> in(View view) {
        var head = view.head();
        if (head.has(0, VmdkHeader.MAGIC)) {
            return Optional.of(new Vmdk(view).disk());
        }
        if (head.has(0, MAGIC_OF_ESX) || head.has(0, MAGIC_OF_SE_SPARSE)) {
            throw VmdkDescriptor.elsewhere();
        }
        VmdkDescriptor.alone(head).ifPresent(descriptor -> descriptor.refuse(true));
        return Optional.empty();
    }

    private void refuseDescriptor(Fields first) {
        var at = first.bits64(28);
        var length = first.bits64(36);
        if (at == 0 || length == 0) {
            throw VmdkDescriptor.elsewhere();
        }
        VmdkHeader.requireSectors("the place of its descriptor", at);
        VmdkHeader.requireSectors("the length of its descriptor", length);
        VmdkDescriptor.of(view.upTo("its descriptor", at * SECTOR, Math.min(length * SECTOR, LONGEST_DESCRIPTOR)))
                .refuse(false);
    }

    private Disk disk() {
        var at = header.directoryAt() * SECTOR;
        view.requireWithin("its directory", at, header.tables() * 4);
        var directory = view.upTo("its directory", at, header.tables() * 4).little();
        requireTables(directory);
        return new Disk(
                Format.VMDK,
                header.capacity() * SECTOR,
                guestHead(directory).bootMode().orElse(null));
    }

    /** Every table must be there; and every grain, where the tables are stored together and so can be read at once. */
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
        var end = last * SECTOR + header.grainsOfTable() * 4;
        view.requireWithin("its last table of grains", 0, end);
        if (!header.isCompressed() && end - first * SECTOR <= View.LONGEST) {
            requireGrains(
                    view.at("its last table of grains", first * SECTOR, (int) (end - first * SECTOR))
                            .little(),
                    directory,
                    first);
        }
    }

    private void requireGrains(Fields tables, Fields directory, long first) {
        var last = 0L;
        for (var i = 0; i < directory.length() / 4; i++) {
            var table = directory.u32(i * 4);
            for (var entry = 0; table != 0 && entry < header.grainsOfTable(); entry++) {
                last = Math.max(last, tables.u32((int) ((table - first) * SECTOR + entry * 4L)));
            }
        }
        if (last > 1) {
            view.requireWithin("its last grain", last * SECTOR, header.grain() * SECTOR);
        }
    }

    private GuestHead guestHead(Fields directory) {
        var head = new GuestHead(view);
        for (var i = 0; i < directory.length() / 4 && !head.isFull(); i++) {
            var table = directory.u32(i * 4);
            if (table == 0) {
                head.zeros(header.grainsOfTable() * header.grain() * SECTOR);
            } else if (view.readsLeft() <= READS_FOR_GRAINS) {
                head.unreadable();
            } else {
                addGrains(head, view.upTo("its first table", table * SECTOR, header.grainsOfTable() * 4));
            }
        }
        return head;
    }

    private void addGrains(GuestHead head, Fields table) {
        var places = table.little();
        for (var i = 0; i < places.length() / 4 && !head.isFull(); i++) {
            var place = places.u32(i * 4);
            if (place == 0 || (place == 1 && header.hasZeroGrains())) {
                head.zeros(header.grain() * SECTOR);
            } else {
                addGrain(head, place * SECTOR, header.grain() * SECTOR);
            }
        }
    }

    private void addGrain(GuestHead head, long at, long grainBytes) {
        if (!header.isCompressed()) {
            head.stored(at, grainBytes);
        } else if (!header.hasMarkers()) {
            head.deflated(at, 2 * grainBytes, grainBytes, Packing.ZLIB);
        } else if (view.readsLeft() <= READS_FOR_GRAINS) {
            head.unreadable();
        } else {
            var length = view.at("its first grain", at, MARKER).little().u32(8);
            head.deflated(at + MARKER, Math.max(1, length), grainBytes, Packing.ZLIB);
        }
    }
}
