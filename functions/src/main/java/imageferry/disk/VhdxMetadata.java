package imageferry.disk;

import imageferry.rule.Count;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a VHDX ([MS-VHDX] 2.6). All five items of the system must be there; an item that is required and not known
 * here means that the file must not be loaded.
 */
record VhdxMetadata(long blockBytes, long virtualSizeBytes, long sectorBytes) {
    private static final int TABLE = 64 << 10;
    private static final int FIRST_ENTRY = 32;
    private static final int ENTRY = 32;
    private static final int MOST_ENTRIES = 2047;
    private static final int MIB = 1 << 20;
    private static final long LARGEST_DISK = 64L << 40;
    private static final long HAS_PARENT = 1 << 1;
    private static final long IS_USER = 1;
    private static final long IS_REQUIRED = 1 << 2;

    private static final Guid FILE_PARAMETERS = Guid.of("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    private static final Guid VIRTUAL_SIZE = Guid.of("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    private static final Guid DISK_ID = Guid.of("BECA12AB-B2E6-4523-93EF-C309E000C746");
    private static final Guid SECTOR_SIZE = Guid.of("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    private static final Guid PHYSICAL_SECTOR_SIZE = Guid.of("CDA348C7-445D-4471-9CC9-E9885251C556");
    private static final Guid PARENT = Guid.of("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C");
    private static final Set<Guid> KNOWN =
            Set.of(FILE_PARAMETERS, VIRTUAL_SIZE, DISK_ID, SECTOR_SIZE, PHYSICAL_SECTOR_SIZE, PARENT);

    static VhdxMetadata in(View view, VhdxRegions.Region region) {
        var table = view.at("its metadata table", region.first(), TABLE).little();
        if (!table.has(0, "metadata")) {
            throw damaged("its metadata do not begin with their signature");
        }
        var items = items(table);
        if (!items.keySet().containsAll(Set.of(DISK_ID, PHYSICAL_SECTOR_SIZE))) {
            throw damaged("its metadata lack the id or the physical sector size of the disk");
        }
        var parameters = item(view, region, items.get(FILE_PARAMETERS), 8, "block size");
        if ((parameters.u32(4) & HAS_PARENT) != 0) {
            throw DiskRefused.backed(
                    "a differencing VHDX", "", "make one file of both with Hyper-V's Convert-VHD, and upload that");
        }
        var found = new VhdxMetadata(
                parameters.u32(0),
                item(view, region, items.get(VIRTUAL_SIZE), 8, "size").u63(0, "its size"),
                item(view, region, items.get(SECTOR_SIZE), 4, "sector size").u32(0));
        found.requireSense();
        return found;
    }

    /** The place of each item in the region. */
    private static Map<Guid, Long> items(Fields table) {
        if (table.u16(10) > MOST_ENTRIES) {
            throw damaged(
                    "its metadata have " + Count.of(table.u16(10), "item") + ", more than " + Count.of(MOST_ENTRIES));
        }
        var items = new HashMap<Guid, Long>();
        var users = new HashSet<Guid>();
        for (var number = 0; number < table.u16(10); number++) {
            var at = FIRST_ENTRY + number * ENTRY;
            var id = Guid.at(table, at);
            var flags = table.u32(at + 24);
            var isUser = (flags & IS_USER) != 0;
            if ((isUser || !KNOWN.contains(id)) && (flags & IS_REQUIRED) != 0) {
                throw DiskRefused.unknown(
                        "is a VHDX with an item of metadata that readers must know and that is not known here",
                        "make one without it with Hyper-V's Convert-VHD, and upload that");
            }
            if (isUser ? !users.add(id) : items.put(id, table.u32(at + 16)) != null) {
                throw damaged("its metadata name one item twice");
            }
        }
        return items;
    }

    private static Fields item(View view, VhdxRegions.Region region, @Nullable Long at, int length, String what) {
        if (at == null) {
            throw damaged("its metadata do not give its " + what);
        }
        if (at < TABLE || at + length > region.length()) {
            throw damaged("its " + what + " is not in the region of its metadata");
        }
        return view.at("its " + what, region.first() + at, length).little();
    }

    private void requireSense() {
        if (blockBytes < MIB || blockBytes > 256 * MIB || Long.bitCount(blockBytes) != 1) {
            throw damaged(
                    "its blocks have " + Count.of(blockBytes, "byte") + ", not a power of two from 1 MiB to 256 MiB");
        }
        if (sectorBytes != 512 && sectorBytes != 4096) {
            throw damaged("its sectors have " + Count.of(sectorBytes, "byte") + ", not 512 or 4,096");
        }
        if (virtualSizeBytes == 0) {
            throw DiskRefused.empty("is a VHDX of a disk of 0 bytes");
        }
        if (virtualSizeBytes > LARGEST_DISK || virtualSizeBytes % sectorBytes != 0) {
            throw damaged("it gives a disk of %s, not whole sectors of %s up to 64 TiB"
                    .formatted(Count.of(virtualSizeBytes, "byte"), Count.of(sectorBytes, "byte")));
        }
    }

    /** Blocks in a chunk. After each chunk the table of blocks has an entry that only differencing disks use. */
    private long chunk() {
        return (sectorBytes << 23) / blockBytes;
    }

    /** Returns the number of entries in the table of blocks. */
    long entries() {
        var blocks = Math.ceilDiv(virtualSizeBytes, blockBytes);
        return blocks + (blocks - 1) / chunk();
    }

    boolean isOfBlock(long entry) {
        return entry % (chunk() + 1) != chunk();
    }

    private static DiskRefused damaged(String how) {
        return DiskRefused.damaged(how, DiskRefused.EXPORT_AGAIN);
    }
}
