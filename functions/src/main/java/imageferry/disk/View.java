package imageferry.disk;

import imageferry.rule.Count;
import java.util.Arrays;

/**
 * A disk as the readers of formats see it: its first and its last 64 KiB, and further pieces between them. At most 16 pieces
 * are read, none longer than 2 MiB.
 */
final class View {
    /** Holds every format's signature, the partition tables, and the descriptors of an ISO 9660 volume. */
    static final int HEAD = 64 << 10;

    /**
     * The maximum number of bytes in one read, also of a table with a larger declared size. Enough for the blocks of
     * 500 GiB in most formats.
     */
    static final int LONGEST = 2 << 20;

    static final int MOST_READS = 16;

    private final DiskBytes bytes;
    private final int headLength;
    private final Fields head;
    private byte[] tail = {};
    private int reads;

    View(DiskBytes bytes) {
        this.bytes = bytes;
        this.headLength = (int) Math.min(HEAD, bytes.sizeBytes());
        this.head = Fields.big(headLength == 0 ? new byte[HEAD] : Arrays.copyOf(read(0, headLength), HEAD));
    }

    long size() {
        return bytes.sizeBytes();
    }

    int readsLeft() {
        return MOST_READS - reads;
    }

    /** The first 64 KiB, filled up with zeros. */
    Fields head() {
        return head;
    }

    /** The last 64 KiB, or everything where there is less. */
    Fields tail() {
        return Fields.big(tailBytes());
    }

    /** @throws DiskRefused when the disk ends before; {@code what} names the missing piece */
    Fields at(String what, long first, int length) {
        requireWithin(what, first, length);
        var end = first + length;
        if (end <= headLength) {
            return head.part((int) first, length);
        }
        var tailStart = size() - Math.min(HEAD, size());
        if (first >= tailStart) {
            return Fields.big(Arrays.copyOfRange(tailBytes(), (int) (first - tailStart), (int) (end - tailStart)));
        }
        return Fields.big(read(first, length));
    }

    /**
     * Reads the available bytes of a piece, up to the limit of one read.
     *
     * @throws DiskRefused when the disk ends before its first byte
     */
    Fields upTo(String what, long first, long length) {
        requireWithin(what, first, 1);
        return at(what, first, (int) Math.min(Math.min(length, LONGEST), size() - first));
    }

    /** Numbers from 2^63 on, which are negative in Java, are after every end. */
    void requireWithin(String what, long first, long length) {
        if (first < 0 || length < 0 || length > size() || first > size() - length) {
            throw DiskRefused.truncated(what, first + length, size());
        }
    }

    private byte[] tailBytes() {
        if (tail.length == 0 && size() > 0) {
            var length = (int) Math.min(HEAD, size());
            tail = length == size() ? head.part(0, length).bytes() : read(size() - length, length);
        }
        return tail;
    }

    /** @throws DiskRefused when a reader asks for more pieces than any valid disk needs */
    private byte[] read(long first, int length) {
        if (reads == MOST_READS) {
            throw DiskRefused.damaged(
                    "its tables are spread over more than " + Count.of(MOST_READS, "place")
                            + ", the most that are read",
                    DiskRefused.EXPORT_AGAIN);
        }
        reads++;
        return bytes.read(first, length);
    }
}
