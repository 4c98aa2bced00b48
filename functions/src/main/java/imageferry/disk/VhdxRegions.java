package imageferry.disk;

import imageferry.rule.Count;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The table of regions of a VHDX ([MS-VHDX] 2.2.3), which is stored twice so that one may be torn. No two regions may
 * overlap; a region that is required and not known here means that the file must not be loaded.
 */
final class VhdxRegions {
    private static final int[] TABLES = {192 << 10, 256 << 10};
    private static final int LENGTH = 64 << 10;
    private static final int FIRST_ENTRY = 16;
    private static final int ENTRY = 32;
    private static final int MOST_ENTRIES = 2047;
    private static final int MIB = 1 << 20;

    private static final Guid BLOCKS = Guid.of("2DC27766-F623-4200-9D64-115E9BFD4A08");
    private static final Guid METADATA = Guid.of("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    private final View view;
    private final Map<Guid, Region> named = new HashMap<>();
    private final NavigableMap<Long, Region> byPlace = new TreeMap<>();

    private VhdxRegions(View view, VhdxHeader header) {
        this.view = view;
        take(new Region(0, MIB));
        if (header.logLength() > 0) {
            take(new Region(header.logAt(), header.logLength()));
        }
    }

    /** A piece of the file that has a purpose of its own. */
    record Region(long first, long length) {}

    static VhdxRegions in(View view, Fields section, VhdxHeader header) {
        var table = IntStream.of(TABLES)
                .mapToObj(at -> section.part(at, LENGTH).little())
                .filter(piece -> piece.has(0, "regi") && VhdxHeader.isSound(piece))
                .findFirst()
                .orElseThrow(() -> damaged("neither of its two tables of regions is sound"));
        var regions = new VhdxRegions(view, header);
        if (table.u32(8) > MOST_ENTRIES) {
            throw damaged("its table of regions has " + Count.of(table.u32(8), "entry", "entries") + ", more than "
                    + Count.of(MOST_ENTRIES));
        }
        for (var number = 0; number < table.u32(8); number++) {
            regions.add(table, FIRST_ENTRY + number * ENTRY);
        }
        return regions;
    }

    Region blocks() {
        return required(BLOCKS, "its table of blocks");
    }

    Region metadata() {
        return required(METADATA, "its metadata");
    }

    /** @throws DiskRefused when this part of the file is in use for something else, or is not there */
    void requireFree(String what, long first, long length) {
        view.requireWithin(what, first, length);
        var before = byPlace.lowerEntry(first + length);
        if (before != null && before.getValue().first() + before.getValue().length() > first) {
            throw damaged(what + " at byte " + Count.of(first) + " overlaps another part of the file");
        }
    }

    private void take(Region region) {
        byPlace.put(region.first(), region);
    }

    private void add(Fields table, int at) {
        var id = Guid.at(table, at);
        var first = table.u63(at + 16, "the place of a region");
        var length = table.u32(at + 24);
        var isKnown = id.equals(BLOCKS) || id.equals(METADATA);
        if (!isKnown && (table.u32(at + 28) & 1) != 0) {
            throw DiskRefused.unknown(
                    "is a VHDX with a region that readers must know and that is not known here",
                    "make one without it with Hyper-V's Convert-VHD, and upload that");
        }
        if (first % MIB != 0 || length % MIB != 0 || length == 0) {
            throw damaged("a region of %s at byte %s is not a number of whole MiB"
                    .formatted(Count.of(length, "byte"), Count.of(first)));
        }
        requireFree("a region", first, length);
        take(new Region(first, length));
        if (named.put(id, new Region(first, length)) != null) {
            throw damaged("its table of regions names one region twice");
        }
    }

    private Region required(Guid id, String what) {
        var region = named.get(id);
        if (region == null) {
            throw damaged("its table of regions does not name " + what);
        }
        return region;
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
