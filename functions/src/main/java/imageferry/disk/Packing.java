package imageferry.disk;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compression of a block in its file. */
enum Packing {
    NONE,
    /** RFC 1950, as VMDK has it. */
    ZLIB,
    /** RFC 1951, as qcow2 has it. */
    DEFLATE;

    /**
     * The first bytes of the block.
     *
     * @param most no more bytes than these are unpacked
     * @throws DiskRefused when it cannot be unpacked
     */
    byte[] unpacked(byte[] block, int most) {
        return this == NONE ? block : inflated(block, most, this == DEFLATE);
    }

    private static byte[] inflated(byte[] block, int most, boolean raw) {
        var inflater = new Inflater(raw);
        try {
            inflater.setInput(block);
            var bytes = new byte[most];
            var made = 0;
            while (made < most) {
                var more = inflater.inflate(bytes, made, most - made);
                if (more == 0) {
                    break;
                }
                made += more;
            }
            if (made == 0) {
                throw damaged();
            }
            return Arrays.copyOf(bytes, made);
        } catch (DataFormatException e) {
            throw damaged();
        } finally {
            inflater.end();
        }
    }

    private static DiskRefused damaged() {
        return DiskRefused.damaged("its first block cannot be inflated", DiskRefused.EXPORT_AGAIN);
    }
}
