package imageferry.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Corrects the checksum of a changed piece, because it would hide every change. */
final class ChecksumRepair {
    private ChecksumRepair() {}

    /** The CRC-32C of a VHDX, 4 bytes from the beginning of the piece. */
    static void vhdx(byte[] bytes, int at, int length) {
        var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, 0);
        var crc = new CRC32C();
        crc.update(bytes, at, length);
        file.putInt(at + 4, (int) crc.getValue());
    }

    /** The complement of the sum of all other bytes of a VHD's footer or header. */
    static void vhd(byte[] bytes, int at, int length, int checksum) {
        var file = ByteBuffer.wrap(bytes).putInt(at + checksum, 0);
        var sum = 0;
        for (var i = at; i < at + length; i++) {
            sum += Byte.toUnsignedInt(bytes[i]);
        }
        file.putInt(at + checksum, ~sum);
    }
}
