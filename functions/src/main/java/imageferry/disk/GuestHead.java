package imageferry.disk;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The first bytes that a guest sees of its disk, found through the tables of a format that keeps them elsewhere. */
final class GuestHead {
    /** Where a partition table of 128 entries ends, on disks with sectors of 512 bytes and of 4,096. */
    static final int LENGTH = 32 << 10;

    private GuestHead() {}

    /** A block that the format does not store is all zeros. */
    static Fields unwritten() {
        return Fields.big(new byte[LENGTH]);
    }

    /** A block that lies in the file as it is; {@code blockBytes} of it belong to this part of the disk. */
    static Fields stored(View view, long first, long blockBytes) {
        return view.upTo("the first block of the disk", first, Math.min(blockBytes, LENGTH));
    }

    /**
     * A block that was deflated.
     *
     * @param raw whether it has no header of zlib's
     * @throws DiskRefused when it cannot be inflated
     */
    static Fields deflated(byte[] block, boolean raw) {
        var inflater = new Inflater(raw);
        try {
            inflater.setInput(block);
            var bytes = new byte[LENGTH];
            var made = 0;
            while (made < LENGTH) {
                var more = inflater.inflate(bytes, made, LENGTH - made);
                if (more == 0) {
                    break;
                }
                made += more;
            }
            if (made == 0) {
                throw DiskRefused.damaged("its first block holds nothing that can be inflated");
            }
            return Fields.big(Arrays.copyOf(bytes, made));
        } catch (DataFormatException e) {
            throw DiskRefused.damaged("its first block cannot be inflated");
        } finally {
            inflater.end();
        }
    }
}
