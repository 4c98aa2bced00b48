package imageferry.local.command;

import de.waldheinz.fs.BlockDevice;
import de.waldheinz.fs.fat.SuperFloppyFormatter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Creates a small bootable disk: a master boot record, and one active FAT partition with a file in it. */
final class BootDisk {
    private static final int SECTOR = 512;
    private static final int MIB = 1 << 20;
    private static final int FIRST_SECTOR = MIB / SECTOR;

    /** Prints the text that follows it with the BIOS, then halts. */
    private static final byte[] BOOT_CODE = {
        (byte) 0xFA,
        0x31,
        (byte) 0xC0,
        (byte) 0x8E,
        (byte) 0xD8,
        (byte) 0xFC,
        (byte) 0xBE,
        0x1A,
        0x7C, // si = text
        (byte) 0xAC,
        0x08,
        (byte) 0xC0,
        0x74,
        0x09,
        (byte) 0xB4,
        0x0E,
        (byte) 0xBB,
        0x07,
        0x00, // next character
        (byte) 0xCD,
        0x10,
        (byte) 0xEB,
        (byte) 0xF2,
        (byte) 0xF4,
        (byte) 0xEB,
        (byte) 0xFD // again; halt
    };

    private BootDisk() {}

    /** @param sizeMiB at least 16 */
    static Path make(Path file, int sizeMiB) throws IOException {
        try (var disk = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var size = (long) sizeMiB * MIB;
            disk.write(ByteBuffer.wrap(new byte[1]), size - 1);
            var partition = new Partition(disk, MIB, size - MIB);
            var files = SuperFloppyFormatter.get(partition)
                    .setVolumeLabel("IMAGEFERRY")
                    .format();
            var content = files.getRoot().addFile("HELLO.BIN").getFile();
            content.write(0, ByteBuffer.wrap(filling(sizeMiB / 2 * MIB)));
            files.close();
            disk.write(ByteBuffer.wrap(bootRecord(size)), 0);
        }
        return file;
    }

    /** Returns bytes that differ everywhere, so that a part in the wrong place is detected. */
    private static byte[] filling(int size) {
        var bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bootRecord(long size) {
        var record = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        record.put(BOOT_CODE).put("Imageferry brought this disk here.\r\n\0".getBytes(StandardCharsets.US_ASCII));
        record.position(446)
                .put((byte) 0x80) // active
                .put(new byte[] {0, 2, 0})
                .put((byte) 0x0E) // FAT16 with logical block addresses
                .put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF})
                .putInt(FIRST_SECTOR)
                .putInt((int) (size / SECTOR) - FIRST_SECTOR);
        return record.putShort(510, (short) 0xAA55).array();
    }

    /** One partition of the disk, in the form that the file system library needs. */
    private record Partition(FileChannel disk, long offset, long size) implements BlockDevice {
        @Override
        public long getSize() {
            return size;
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            var at = offset + position;
            while (into.hasRemaining()) {
                var read = disk.read(into, at);
                if (read < 0) {
                    throw new IOException("The disk ends at byte " + disk.size());
                }
                at += read;
            }
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            var at = offset + position;
            while (from.hasRemaining()) {
                at += disk.write(from, at);
            }
        }

        @Override
        public void flush() {}

        @Override
        public int getSectorSize() {
            return SECTOR;
        }

        @Override
        public void close() {}

        @Override
        public boolean isClosed() {
            return !disk.isOpen();
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }
    }
}
