package imageferry.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** An ISO 9660 disc made field by field: a volume of 1 MiB, and appended data. */
final class DiscBuilder {
    static final int VOLUME = 1 << 20;

    private static final int CATALOGUE = 40 * 2048;

    private final ByteBuffer bytes;
    private int partitions;
    private int entries;
    private int appleEntries;

    private DiscBuilder(int sizeBytes) {
        this.bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
        descriptor(16, 1);
        descriptor(17, 255);
        bytes.putInt(16 * 2048 + 80, VOLUME / 2048).putShort(16 * 2048 + 128, (short) 2048);
    }

    static DiscBuilder of(int sizeBytes) {
        return new DiscBuilder(sizeBytes);
    }

    private void descriptor(int sector, int type) {
        bytes.put(sector * 2048, (byte) type);
        text(sector * 2048 + 1, "CD001");
    }

    /** Of an MBR. Offsets and lengths are in sectors of 512 bytes. */
    DiscBuilder partition(int type, int first, int sectors) {
        bytes.put(510, (byte) 0x55).put(511, (byte) 0xAA);
        var at = 446 + 16 * partitions++;
        bytes.put(at + 4, (byte) type).putInt(at + 8, first).putInt(at + 12, sectors);
        return this;
    }

    /** Of an Apple partition map, in blocks of the map's size. */
    DiscBuilder apple(int blockBytes, String type, int first, int blocks) {
        var at = blockBytes * ++appleEntries;
        text(at, "PM").text(at + 48, type);
        for (var number = 1; number <= appleEntries; number++) {
            big(blockBytes * number + 4, appleEntries);
        }
        return big(at + 8, first).big(at + 12, blocks);
    }

    /** An entry that is marked as bootable. Its offset is in sectors of 2,048 bytes, its length in sectors of 512. */
    DiscBuilder bootable(int platform, int medium, int first, int sectors) {
        var at = CATALOGUE + 32;
        if (entries++ == 0) {
            descriptor(17, 0);
            descriptor(18, 255);
            text(17 * 2048 + 7, "EL TORITO SPECIFICATION");
            bytes.putInt(17 * 2048 + 71, CATALOGUE / 2048);
            bytes.put(CATALOGUE, (byte) 1).put(CATALOGUE + 1, (byte) platform);
            bytes.put(CATALOGUE + 30, (byte) 0x55).put(CATALOGUE + 31, (byte) 0xAA);
        } else {
            at += 64 * (entries - 1) - 32;
            bytes.put(at, (byte) 0x91).put(at + 1, (byte) platform).putShort(at + 2, (short) 1);
            at += 32;
        }
        bytes.put(at, (byte) 0x88).put(at + 1, (byte) medium).putShort(at + 6, (short) sectors);
        bytes.putInt(at + 8, first);
        return this;
    }

    /** One boot record in each sector from {@code first} on, each with a catalogue of its own from that sector on. */
    DiscBuilder bootRecords(int first, int count, int catalogue) {
        for (var number = 0; number < count; number++) {
            descriptor(first + number, 0);
            text((first + number) * 2048 + 7, "EL TORITO SPECIFICATION");
            bytes.putInt((first + number) * 2048 + 71, catalogue + 2 * number);
        }
        return this;
    }

    /** A UDF volume with one partition next to the ISO volume. Offsets and lengths are in sectors of 2,048 bytes. */
    DiscBuilder udf(int first, int sectors) {
        text(18 * 2048 + 1, "BEA01").text(19 * 2048 + 1, "NSR02").text(20 * 2048 + 1, "TEA01");
        bytes.putShort(256 * 2048, (short) 2).putInt(256 * 2048 + 16, 16 * 2048).putInt(256 * 2048 + 20, 257);
        bytes.putShort(257 * 2048, (short) 1).putShort(258 * 2048, (short) 5).putShort(259 * 2048, (short) 8);
        bytes.putInt(258 * 2048 + 188, first).putInt(258 * 2048 + 192, sectors);
        return this;
    }

    DiscBuilder putShort(int at, int value) {
        bytes.putShort(at, (short) value);
        return this;
    }

    /** The partition tables of this disk, before the volume. */
    DiscBuilder head(byte[] disk) {
        bytes.put(0, disk, 0, 16 * 2048);
        return this;
    }

    byte[] bytes() {
        return bytes.array().clone();
    }

    private DiscBuilder text(int at, String text) {
        bytes.put(at, text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private DiscBuilder big(int at, int value) {
        bytes.putInt(at, Integer.reverseBytes(value));
        return this;
    }
}
