package imageferry.disk;

import java.util.Arrays;

/** Bytes in memory. A read outside the limits fails the test. */
final class MemoryBytes implements DiskBytes {
    private final byte[] bytes;
    private int reads;

    MemoryBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int reads() {
        return reads;
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public byte[] read(long first, int length) {
        if (first < 0 || length < 1 || length > View.LONGEST || first > bytes.length - length) {
            throw new AssertionError("Bytes " + first + "+" + length + " of " + bytes.length);
        }
        reads++;
        return Arrays.copyOfRange(bytes, (int) first, (int) first + length);
    }
}
