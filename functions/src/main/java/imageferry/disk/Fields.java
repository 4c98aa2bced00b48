package imageferry.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A piece of a disk, read field by field; positions are bytes from its start. */
final class Fields {
    /** The maximum number of characters of a text that is shown. */
    static final int LONGEST_SHOWN = 128;

    private final byte[] bytes;
    private final ByteBuffer buffer;

    private Fields(byte[] bytes, ByteOrder order) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(order);
    }

    /** Numbers have their high byte first. */
    static Fields big(byte[] bytes) {
        return new Fields(bytes, ByteOrder.BIG_ENDIAN);
    }

    /** Numbers have their low byte first. */
    Fields little() {
        return new Fields(bytes, ByteOrder.LITTLE_ENDIAN);
    }

    int length() {
        return bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns bytes from that place; zeros behind the end of this piece. */
    Fields part(int from, int length) {
        var start = Math.min(from, bytes.length);
        return new Fields(Arrays.copyOfRange(bytes, start, start + length), buffer.order());
    }

    int u8(int at) {
        return Byte.toUnsignedInt(buffer.get(at));
    }

    int u16(int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    long u32(int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }

    /** Reads all 64 bits; negative from 2^63 on. */
    long bits64(int at) {
        return buffer.getLong(at);
    }

    /**
     * Reads a size or a place in a file. No file has 2^63 bytes, so a larger number is damage; {@code what} names the
     * number.
     */
    long u63(int at, String what) {
        var value = bits64(at);
        if (value < 0) {
            throw DiskRefused.damaged(what + " is " + Long.toUnsignedString(value), DiskRefused.EXPORT_AGAIN);
        }
        return value;
    }

    /** @param signature one character for each byte */
    boolean has(int at, String signature) {
        if (at + signature.length() > bytes.length) {
            return false;
        }
        for (var i = 0; i < signature.length(); i++) {
            if (Byte.toUnsignedInt(bytes[at + i]) != signature.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean isZero(int from, int length) {
        for (var at = from; at < from + length; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** A text that a person may be shown: its printable ASCII, up to its first zero byte, and not too long. */
    String shown(int from, int length) {
        var end = Math.min(bytes.length, from + length);
        var text = new StringBuilder();
        for (var at = Math.min(from, end); at < end && bytes[at] != 0 && text.length() < LONGEST_SHOWN; at++) {
            text.append(bytes[at] >= ' ' && bytes[at] <= '~' ? (char) bytes[at] : '?');
        }
        return text.toString();
    }
}
