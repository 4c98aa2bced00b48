package imageferry.disk;

import java.util.Arrays;

/** A disk as the readers of formats see it: a head that every one may look at, and further pieces that few ask for. */
final class View {
    /** Holds every format's signature, the partition tables, and the descriptors of an ISO 9660 volume. */
    static final int HEAD = 64 << 10;

    /** Of a table of blocks no more is read, whatever the header says: enough for 500 GiB in most formats. */
    static final int LONGEST = 2 << 20;

    private final DiskBytes bytes;
    private final byte[] head;

    View(DiskBytes bytes) {
        this.bytes = bytes;
        var there = bytes.sizeBytes() == 0 ? new byte[0] : bytes.read(0, (int) Math.min(HEAD, bytes.sizeBytes()));
        this.head = Arrays.copyOf(there, HEAD);
    }

    long size() {
        return bytes.sizeBytes();
    }

    /** The first 64 KiB, filled up with zeros. */
    Fields head() {
        return Fields.big(head);
    }

    /** The last bytes; the disk has at least so many. */
    Fields last(int length) {
        return at("the end", size() - length, length);
    }

    /** @throws DiskRefused when the disk ends before; {@code what} says what should be there */
    Fields at(String what, long first, int length) {
        requireWithin(what, first, length);
        return Fields.big(
                first + length <= HEAD
                        ? Arrays.copyOfRange(head, (int) first, (int) first + length)
                        : bytes.read(first, length));
    }

    /**
     * As much of it as there is, and as may be read at once.
     *
     * @throws DiskRefused when the disk ends before its first byte
     */
    Fields upTo(String what, long first, long length) {
        requireWithin(what, first, 1);
        return at(what, first, (int) Math.min(Math.min(length, LONGEST), size() - first));
    }

    /** Numbers from 2^63 on, which Java calls negative, are behind every end. */
    void requireWithin(String what, long first, long length) {
        if (first < 0 || length < 0 || length > size() || first > size() - length) {
            throw DiskRefused.truncated(what, first + length, size());
        }
    }
}
