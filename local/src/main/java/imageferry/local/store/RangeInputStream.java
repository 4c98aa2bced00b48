package imageferry.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a range of a file. */
final class RangeInputStream extends InputStream {
    private final FileChannel file;
    private final long end;
    private long position;

    RangeInputStream(FileChannel file, long from, long length) {
        this.file = file;
        this.position = from;
        this.end = from + length;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (position >= end) {
            return -1;
        }
        var wanted = (int) Math.min(length, end - position);
        var read = file.read(ByteBuffer.wrap(buffer, offset, wanted), position);
        position += Math.max(read, 0);
        return read;
    }
}
