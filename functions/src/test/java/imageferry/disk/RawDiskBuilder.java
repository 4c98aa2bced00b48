package imageferry.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Disks made field by field, as a partitioning tool would leave them. The default size is 4 MiB. */
public final class RawDiskBuilder {
    public static final int SECTORS = 8192;
    public static final int SIZE = SECTORS * 512;

    /** An EFI system partition. */
    static final String ESP = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";

    static final String BIOS_BOOT = "21686148-6449-6E6F-744E-656564454649";
    static final String LINUX = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";

    private static final int ENTRIES = 128;

    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private int partitions;

    /** A disk with only the boot signature. */
    public static RawDiskBuilder mbr() {
        var disk = new RawDiskBuilder();
        disk.bytes.put(510, (byte) 0x55).put(511, (byte) 0xAA);
        return disk;
    }

    /** A disk without any data. */
    static RawDiskBuilder blank() {
        return new RawDiskBuilder();
    }

    public RawDiskBuilder code() {
        bytes.put(0, new byte[] {(byte) 0xEB, 0x63, (byte) 0x90, 1, 2, 3});
        return this;
    }

    /** A partition of the MBR, from sector 64. */
    public RawDiskBuilder partition(int status, int type, int sectors) {
        var at = 446 + 16 * partitions++;
        bytes.put(at, (byte) status).put(at + 4, (byte) type).putInt(at + 8, 64).putInt(at + 12, sectors);
        return this;
    }

    /** A table with one partition for each type, and its copy in the last sector. */
    RawDiskBuilder gpt(int sectorBytes, String... types) {
        for (var i = 0; i < types.length; i++) {
            var guid = Guid.of(types[i]);
            var at = 2 * sectorBytes + 128 * i;
            bytes.putInt(at, (int) (guid.first() >>> 32))
                    .putShort(at + 4, (short) (guid.first() >>> 16))
                    .putShort(at + 6, (short) guid.first())
                    .putLong(at + 8, Long.reverseBytes(guid.second()));
        }
        var last = SIZE / sectorBytes - 1;
        var sectorsOfEntries = Math.ceilDiv(ENTRIES * 128, sectorBytes);
        var copied = last - sectorsOfEntries;
        bytes.put(copied * sectorBytes, bytes.array(), 2 * sectorBytes, ENTRIES * 128);
        header(sectorBytes, 1, last, 2, sectorBytes);
        header(last * sectorBytes, last, 1, copied, sectorBytes);
        return this;
    }

    private void header(int at, long self, long copy, long entries, int sectorBytes) {
        bytes.put(at, "EFI PART".getBytes(StandardCharsets.US_ASCII))
                .putInt(at + 8, 0x10000)
                .putInt(at + 12, 92)
                .putInt(at + 16, 0)
                .putLong(at + 24, self)
                .putLong(at + 32, copy)
                .putLong(at + 40, 34)
                .putLong(at + 48, Math.max(self, copy) - 33)
                .putLong(at + 72, entries)
                .putInt(at + 80, ENTRIES)
                .putInt(at + 84, 128)
                .putInt(at + 88, crc((int) entries * sectorBytes, ENTRIES * 128));
        bytes.putInt(at + 16, crc(at, 92));
    }

    private int crc(int at, int length) {
        var crc = new CRC32();
        crc.update(bytes.array(), at, length);
        return (int) crc.getValue();
    }

    /** Changes the last sector of the first partition of the GPT. */
    RawDiskBuilder gptEnd(int sectorBytes, long last) {
        bytes.putLong(2 * sectorBytes + 40, last);
        bytes.putInt(sectorBytes + 88, crc(2 * sectorBytes, ENTRIES * 128)).putInt(sectorBytes + 16, 0);
        bytes.putInt(sectorBytes + 16, crc(sectorBytes, 92));
        return this;
    }

    RawDiskBuilder zeroed(int from, int length) {
        bytes.put(from, new byte[length]);
        return this;
    }

    public byte[] bytes() {
        return bytes.array();
    }
}
