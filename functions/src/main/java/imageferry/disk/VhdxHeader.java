package imageferry.disk;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * The current one of a VHDX's two headers ([MS-VHDX] 2.2.2): the valid one with the higher sequence number.
 *
 * @param logId zero when nothing is in the log
 * @param logVersion the only one that may be replayed is 0
 * @param logAt multiples of 1 MiB, as is the length
 */
record VhdxHeader(Guid logId, int logVersion, long logAt, long logLength) {
    private static final int[] HEADERS = {64 << 10, 128 << 10};
    private static final int LENGTH = 4 << 10;
    private static final int SEQUENCE_NUMBER = 8;
    private static final int VERSION = 66;
    private static final int FIELDS = 80;

    /** @throws DiskRefused when none is current, or it is of a version that must not be loaded */
    static VhdxHeader in(Fields section) {
        var sound = IntStream.of(HEADERS)
                .mapToObj(at -> section.part(at, LENGTH).little())
                .filter(header -> header.has(0, "head") && isSound(header))
                .sorted(Comparator.comparing(header -> header.bits64(SEQUENCE_NUMBER), Long::compareUnsigned))
                .toList();
        if (sound.isEmpty()) {
            throw DiskRefused.damaged("neither of its two headers is sound", DiskRefused.EXPORT_AGAIN);
        }
        requireOneIsCurrent(sound);
        var current = sound.getLast();
        if (current.u16(VERSION) != 1) {
            throw DiskRefused.unknown(
                    "is a VHDX of version " + current.u16(VERSION) + ", not 1",
                    "make one of version 1, and upload that");
        }
        return new VhdxHeader(Guid.at(current, 48), current.u16(64), current.bits64(72), current.u32(68));
    }

    /** Two of one number are allowed when they are equal, as Disk2VHD writes them. */
    private static void requireOneIsCurrent(List<Fields> sound) {
        var first = sound.getFirst();
        var last = sound.getLast();
        if (first.bits64(SEQUENCE_NUMBER) == last.bits64(SEQUENCE_NUMBER)
                && !Arrays.equals(
                        first.part(0, FIELDS).bytes(), last.part(0, FIELDS).bytes())) {
            throw DiskRefused.damaged("its two headers differ and have one sequence number", DiskRefused.EXPORT_AGAIN);
        }
    }

    /** The CRC-32C of the piece, of which its own four bytes count as zeros. */
    static boolean isSound(Fields piece) {
        var crc = new CRC32C();
        crc.update(piece.bytes(), 0, 4);
        crc.update(new byte[4]);
        crc.update(piece.bytes(), 8, piece.length() - 8);
        return crc.getValue() == piece.u32(4);
    }
}
