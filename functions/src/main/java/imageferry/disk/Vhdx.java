package imageferry.disk;

import imageferry.rule.Count;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Microsoft's second virtual disk, after "[MS-VHDX]: Virtual Hard Disk v2 (VHDX) File Format". Its table of blocks gives the
 * end of the last one, so a missing end is seen.
 */
final class Vhdx {
    private static final String SIGNATURE = "vhdxfile";
    /** Two headers and two tables of regions, at fixed places. */
    private static final int SECTION = 320 << 10;

    private static final int MIB = 1 << 20;

    private static final long STATE = 7;
    private static final int INVALID = 4;
    private static final int PRESENT = 6;
    private static final int PARTLY_PRESENT = 7;

    private final View view;
    private final VhdxRegions regions;
    private final VhdxMetadata metadata;

    private Vhdx(View view) {
        this.view = view;
        var section = view.at("its header section", 0, SECTION);
        var header = VhdxHeader.in(section);
        VhdxLog.requireEmpty(view, header);
        this.regions = VhdxRegions.in(view, section, header);
        this.metadata = VhdxMetadata.in(view, regions.metadata());
    }

    static Optional<Disk> in(View view) {
        return view.head().has(0, SIGNATURE) ? Optional.of(new Vhdx(view).disk()) : Optional.empty();
    }

    private Disk disk() {
        var places = blockTable(regions.blocks());
        requireBlocks(places);
        var head = new GuestHead(view);
        if (state(places.bits64(0)) == PRESENT) {
            head.stored(place(places.bits64(0)), metadata.blockBytes());
        } else {
            head.zeros(metadata.blockBytes());
        }
        return new Disk(
                Format.VHDX, metadata.virtualSizeBytes(), head.bootMode().orElse(null));
    }

    private Fields blockTable(VhdxRegions.Region region) {
        if (region.length() / 8 < metadata.entries()) {
            throw damaged("its table of blocks has room for %s, and its size needs %s"
                    .formatted(Count.of(region.length() / 8, "entry", "entries"), Count.of(metadata.entries())));
        }
        return view.upTo("its table of blocks", region.first(), metadata.entries() * 8)
                .little();
    }

    private void requireBlocks(Fields table) {
        LongStream.range(0, table.length() / 8)
                .filter(metadata::isOfBlock)
                .map(number -> table.bits64((int) number * 8))
                .forEach(this::requireBlock);
    }

    private void requireBlock(long entry) {
        var state = state(entry);
        if (state == PARTLY_PRESENT || state == INVALID) {
            throw damaged("a block has the state " + state + ", which a disk without a parent does not have");
        }
        if (state == PRESENT) {
            regions.requireFree("a block of the disk", place(entry), metadata.blockBytes());
        }
    }

    private static int state(long entry) {
        return (int) (entry & STATE);
    }

    private static long place(long entry) {
        return (entry >>> 20) * MIB;
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
