package imageferry.local.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk with a master boot record and one empty partition, small enough to be copied hundreds of times. */
final class SmallDisk {
    private static final int SECTOR = 512;

    private SmallDisk() {}

    /** @param size in bytes, whole sectors, at least two */
    static Path make(Path file, int size) throws IOException {
        var disk = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(446, (byte) 0x80) // active
                .put(450, (byte) 0x0E) // FAT16 with logical block addresses
                .putInt(454, 1)
                .putInt(458, size / SECTOR - 1)
                .putShort(510, (short) 0xAA55);
        return Files.write(file, disk.array());
    }
}
