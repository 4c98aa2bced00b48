package imageferry.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A VHDX made field by field: its log at 1 MiB, then its table of blocks, its metadata, and one block of 1 MiB. */
final class VhdxBuilder {
    static final int MIB = 1 << 20;
    static final int BLOCK_TABLE = 2 * MIB;
    static final int METADATA = 3 * MIB;
    static final int BLOCK = 4 * MIB;
    static final int SIZE = 5 * MIB;

    static final String LOG_ID = "11111111-2222-3333-4444-555555555555";
    static final String UNKNOWN_ID = "99999999-8888-7777-6666-555555555555";
    private static final String BLOCKS_REGION = "2DC27766-F623-4200-9D64-115E9BFD4A08";
    private static final String METADATA_REGION = "8B7CA206-4790-4B9A-B8FE-575F050F886E";

    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private int regions;
    private int items;

    /** A complete, closed file whose guest sees these bytes first. */
    static VhdxBuilder of(byte[] guest, int sectorBytes) {
        var disk = new VhdxBuilder();
        disk.text(0, "vhdxfile");
        disk.header(64 << 10, 1);
        disk.header(128 << 10, 2);
        disk.text(192 << 10, "regi").text(256 << 10, "regi");
        disk.region(BLOCKS_REGION, BLOCK_TABLE, MIB, 1).region(METADATA_REGION, METADATA, MIB, 1);
        disk.text(METADATA, "metadata");
        disk.item("CAA16737-FA36-4D43-B3B6-33F0AA44E76B", 4, MIB, 8);
        disk.item("2FA54224-CD1B-4876-B211-5DBED83BF4B8", 6, MIB, 8);
        disk.item("BECA12AB-B2E6-4523-93EF-C309E000C746", 6, 7, 16);
        disk.item("8141BF1D-A96F-4709-BA47-F233A8FAAB5F", 6, sectorBytes, 4);
        disk.item("CDA348C7-445D-4471-9CC9-E9885251C556", 6, 4096, 4);
        disk.bytes.putLong(BLOCK_TABLE, BLOCK | 6);
        disk.bytes.put(BLOCK, guest, 0, Math.min(guest.length, MIB));
        return disk;
    }

    private void header(int at, long number) {
        text(at, "head");
        bytes.putLong(at + 8, number)
                .putShort(at + 66, (short) 1)
                .putInt(at + 68, MIB)
                .putLong(at + 72, MIB);
    }

    /** Marks the file as not closed. */
    VhdxBuilder open() {
        return headers((disk, at) -> disk.guid(at + 48, LOG_ID));
    }

    VhdxBuilder headers(Change change) {
        change.at(this, 64 << 10);
        change.at(this, 128 << 10);
        return this;
    }

    interface Change {
        void at(VhdxBuilder disk, int place);
    }

    /** In both tables of regions. */
    VhdxBuilder region(String id, long first, int length, int required) {
        for (var table : new int[] {192 << 10, 256 << 10}) {
            var at = table + 16 + 32 * regions;
            guid(at, id);
            bytes.putLong(at + 16, first).putInt(at + 24, length).putInt(at + 28, required);
            bytes.putInt(table + 8, regions + 1);
        }
        regions++;
        return this;
    }

    /** @param flags 1 for a user's, 2 for the disk's, 4 for a required one */
    VhdxBuilder item(String id, int flags, long value, int length) {
        var at = METADATA + 32 + 32 * items;
        var place = (64 << 10) + 32 * items;
        guid(at, id);
        bytes.putInt(at + 16, place).putInt(at + 20, length).putInt(at + 24, flags);
        bytes.putLong(METADATA + place, value);
        bytes.putShort(METADATA + 10, (short) ++items);
        return this;
    }

    /**
     * An entry of the log that writes 4 KiB into the disk's block. An entry that reaches the log's end continues at its
     * beginning.
     *
     * @param at its offset in the log
     * @param flushed the file's length in bytes when the entry was written
     */
    VhdxBuilder logged(int at, String logId, long sequence, long flushed) {
        var entry = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        entry.put(0, "loge".getBytes(StandardCharsets.US_ASCII)).putInt(8, 8192).putInt(12, at);
        entry.putLong(16, sequence).putInt(24, 1).putLong(48, flushed).putLong(56, SIZE);
        entry.put(32, guid(logId));
        entry.put(64, "desc".getBytes(StandardCharsets.US_ASCII)).putLong(80, BLOCK + 8192);
        entry.putLong(88, sequence).put(4096, "data".getBytes(StandardCharsets.US_ASCII));
        entry.putInt(4100, (int) (sequence >>> 32)).putInt(8188, (int) sequence);
        ChecksumRepair.vhdx(entry.array(), 0, 8192);
        bytes.put(MIB + at, entry.array(), 0, 4096);
        bytes.put(MIB + (at + 4096) % MIB, entry.array(), 4096, 4096);
        return this;
    }

    VhdxBuilder put(int at, int... values) {
        for (var i = 0; i < values.length; i++) {
            bytes.put(at + i, (byte) values[i]);
        }
        return this;
    }

    VhdxBuilder putLong(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    byte[] bytes() {
        for (var at : new int[] {64 << 10, 128 << 10}) {
            ChecksumRepair.vhdx(bytes.array(), at, 4 << 10);
        }
        for (var at : new int[] {192 << 10, 256 << 10}) {
            ChecksumRepair.vhdx(bytes.array(), at, 64 << 10);
        }
        return bytes.array().clone();
    }

    private VhdxBuilder text(int at, String text) {
        bytes.put(at, text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private VhdxBuilder guid(int at, String text) {
        bytes.put(at, guid(text));
        return this;
    }

    private static byte[] guid(String text) {
        var guid = Guid.of(text);
        return Findings.bytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, (int) (guid.first() >>> 32))
                .putShort(4, (short) (guid.first() >>> 16))
                .putShort(6, (short) guid.first())
                .putLong(8, Long.reverseBytes(guid.second())));
    }
}
