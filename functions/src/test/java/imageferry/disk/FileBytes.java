package imageferry.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file's first bytes, up to a length at which it may be cut off. */
record FileBytes(Path file, long sizeBytes) implements DiskBytes {
    @Override
    public byte[] read(long first, int length) {
        if (first < 0 || length < 1 || length > View.LONGEST || first > sizeBytes - length) {
            throw new AssertionError("Bytes " + first + "+" + length + " of " + sizeBytes);
        }
        try (var channel = FileChannel.open(file)) {
            var bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, first + bytes.position()) < 0) {
                    throw new AssertionError("The file is shorter than " + sizeBytes);
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
