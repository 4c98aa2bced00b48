package imageferry.disk;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The footer of a VHD: the last 512 bytes of its file, or the last 511 where a version before Virtual PC 2004 wrote it.
 *
 * @param at where it begins
 * @param type 2 for a fixed disk, 3 for one that grows, 4 for one that differs from another
 * @param headerAt where a disk that grows has its header
 * @param diskBytes the disk's size that a guest sees, at least 1 byte
 */
record VhdFooter(long at, int type, long headerAt, long diskBytes) {
    /** A fixed disk is raw to QEMU unless the format is named. */
    static final String CONVERT = "convert it with `qemu-img convert -f vpc -O qcow2 FILE NEW`, and upload NEW";

    private static final String COOKIE = "conectix";
    private static final int LENGTH = 512;
    private static final int LENGTH_OF_OLD = 511;
    private static final int CHECKSUM = 64;
    private static final int FIXED = 2;
    private static final int CREATOR = 28;
    private static final int VIRTUAL_PC_2004 = 5;

    /** @throws DiskRefused when the footer is damaged, is missing behind a copy of it, or does not end the file */
    static Optional<VhdFooter> in(View view) {
        var tail = view.tail();
        var grows = view.head().has(0, COOKIE);
        var at = tail.length() - LENGTH;
        if (at >= 0 && tail.has(at, COOKIE)) {
            return Optional.of(sound(tail.part(at, LENGTH), view.size() - LENGTH, isWholeCopy(view)));
        }
        if (isOld(tail, grows)) {
            return Optional.of(sound(tail.part(at + 1, LENGTH), view.size() - LENGTH_OF_OLD, isWholeCopy(view)));
        }
        followed(tail, view.size(), grows).ifPresent(VhdFooter::refuseWhatFollows);
        if (grows) {
            throw DiskRefused.truncated("it begins as a VHD, but the footer that ends a VHD is missing");
        }
        return Optional.empty();
    }

    /** The complement of the sum of all bytes but its own four. */
    static boolean hasChecksum(Fields fields, int at) {
        var sum = IntStream.range(0, fields.length())
                .filter(i -> i < at || i >= at + 4)
                .map(fields::u8)
                .sum();
        return Integer.toUnsignedLong(~sum) == fields.u32(at);
    }

    /**
     * A fixed disk has all its bytes before such a footer. One that grows may as well have lost its last byte, unless a
     * version that writes such footers made it.
     */
    private static boolean isOld(Fields tail, boolean grows) {
        var at = tail.length() - LENGTH_OF_OLD;
        return at >= 0
                && tail.has(at, COOKIE)
                && (!grows || (tail.has(at + CREATOR, "vpc ") && tail.u16(at + CREATOR + 4) < VIRTUAL_PC_2004));
    }

    private static boolean isWholeCopy(View view) {
        return view.head().has(0, COOKIE) && hasChecksum(view.head().part(0, LENGTH), CHECKSUM);
    }

    private static VhdFooter sound(Fields footer, long at, boolean hasCopy) {
        if (!hasChecksum(footer, CHECKSUM)) {
            throw DiskRefused.damaged(
                    "the checksum of its VHD footer is wrong",
                    hasCopy ? "the copy at its head is right, so " + CONVERT : DiskRefused.EXPORT_AGAIN);
        }
        if (footer.u16(12) != 1) {
            throw DiskRefused.unknown("is a VHD of version " + footer.u16(12) + ", not 1", CONVERT);
        }
        var found = of(footer, at);
        if (found.diskBytes() == 0) {
            throw DiskRefused.empty("is a VHD of a disk of 0 bytes");
        }
        return found;
    }

    private static VhdFooter of(Fields footer, long at) {
        return new VhdFooter(at, (int) footer.u32(60), footer.bits64(16), footer.u63(48, "its size"));
    }

    /**
     * Finds a footer followed by more bytes. It must fit the bytes before it, as a disk may hold a VHD among its files.
     */
    private static Optional<VhdFooter> followed(Fields tail, long sizeBytes, boolean grows) {
        for (var at = tail.length() - LENGTH - 1; at >= 0; at--) {
            if (tail.has(at, COOKIE)
                    && (at > 0 || tail.length() < sizeBytes)
                    && hasChecksum(tail.part(at, LENGTH), CHECKSUM)) {
                var footer = of(tail.part(at, LENGTH), sizeBytes - tail.length() + at);
                if (grows || (footer.type() == FIXED && footer.diskBytes() == footer.at())) {
                    return Optional.of(footer);
                }
            }
        }
        return Optional.empty();
    }

    private void refuseWhatFollows() {
        var end = at + LENGTH;
        throw DiskRefused.damaged(
                "bytes follow the footer that ends a VHD",
                "remove them with `truncate -s " + end + " FILE`, and upload FILE again");
    }
}
