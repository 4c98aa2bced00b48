package imageferry.disk;

import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Files that are not a disk and have no signature long enough to be sure of, known by a check of their first header. All numbers
 * of these headers have their low byte first.
 */
final class CheckedHeader {
    private static final int TAR_BLOCK = 512;
    private static final int TAR_CHECKSUM = 148;
    private static final int TAR_CHECKSUM_LENGTH = 8;

    /** An ARJ header begins behind its signature and its length. */
    private static final int ARJ_HEADER = 4;

    private static final int ARJ_SHORTEST = 30;
    private static final int ARJ_LONGEST = 2600;

    private static final int CPIO_NAME = 26;
    private static final int CPIO_LONGEST_NAME = 1024;

    private static final long SMALLEST_DICTIONARY = 4096;
    private static final long LONGEST_UNPACKED = 1L << 48;

    private static final String LZ4 = "\u0004\"M\u0018";

    private final Fields head;

    private CheckedHeader(Fields head) {
        this.head = head.little();
    }

    static Optional<Stranger> in(Fields head) {
        var header = new CheckedHeader(head);
        if (header.isLzma()) {
            return Optional.of(Stranger.packed(0, "", "lzma", "xz"));
        }
        if (header.isSkippableFrame(0)) {
            var tool = header.isBeforeLz4() ? "lz4" : "zstd";
            return Optional.of(Stranger.packed(0, "", tool, tool));
        }
        if (header.isTar()) {
            return Optional.of(Stranger.archive(0, "", "tar", "tar -xf FILE"));
        }
        if (header.isCpio()) {
            return Optional.of(Stranger.archive(0, "", "cpio", "cpio -id < FILE"));
        }
        if (header.isArj()) {
            return Optional.of(Stranger.archive(0, "", "ARJ", "7z x FILE"));
        }
        return header.isLha() ? Optional.of(Stranger.archive(0, "", "LHA", "7z x FILE")) : Optional.empty();
    }

    /** The usual properties, a size of the dictionary that LZMA Utils write, the unpacked size or -1, and a first byte of zero. */
    private boolean isLzma() {
        var dictionary = head.u32(1);
        var unpacked = head.bits64(5);
        return head.u8(0) == 0x5D
                && dictionary >= SMALLEST_DICTIONARY
                && isOneOrTwoNeighbours(dictionary)
                && (unpacked == -1 || (unpacked > 0 && unpacked < LONGEST_UNPACKED))
                && head.u8(13) == 0;
    }

    /** Returns whether a number is 2^n, or 2^n + 2^(n-1). */
    private static boolean isOneOrTwoNeighbours(long number) {
        return Long.bitCount(number) == 1 || number == 3 * Long.lowestOneBit(number);
    }

    /** A frame that zstd and lz4 skip; pzstd begins with one. */
    private boolean isSkippableFrame(int at) {
        return (head.u8(at) & 0xF0) == 0x50 && head.has(at + 1, "*M\u0018");
    }

    private boolean isBeforeLz4() {
        var next = 8 + head.u32(4);
        return next < View.HEAD && head.has((int) next, LZ4);
    }

    /** Before POSIX, tar had no signature: a name, and the sum of all bytes with spaces in place of the sum. */
    private boolean isTar() {
        var sum = 0;
        for (var at = 0; at < TAR_BLOCK; at++) {
            var isOfSum = at >= TAR_CHECKSUM && at < TAR_CHECKSUM + TAR_CHECKSUM_LENGTH;
            sum += isOfSum ? ' ' : head.u8(at);
        }
        var written = head.shown(TAR_CHECKSUM, TAR_CHECKSUM_LENGTH).strip();
        return head.u8(0) != 0 && written.matches("[0-7]{1,8}") && Integer.parseInt(written, 8) == sum;
    }

    /** The old binary form: the length of the first name, and a zero behind that. */
    private boolean isCpio() {
        var length = head.u16(20);
        return head.has(0, "\u00c7q")
                && length > 1
                && length <= CPIO_LONGEST_NAME
                && head.shown(CPIO_NAME, length).length() == Math.min(length - 1, Fields.LONGEST_SHOWN)
                && head.u8(CPIO_NAME + length - 1) == 0;
    }

    private boolean isArj() {
        var length = head.u16(2);
        if (!head.has(0, "`\u00ea") || length < ARJ_SHORTEST || length > ARJ_LONGEST) {
            return false;
        }
        var checksum = new CRC32();
        checksum.update(head.bytes(), ARJ_HEADER, length);
        return checksum.getValue() == head.u32(ARJ_HEADER + length);
    }

    private boolean isLha() {
        return head.has(2, "-lh") && Character.isLetterOrDigit(head.u8(5)) && head.has(6, "-");
    }
}
