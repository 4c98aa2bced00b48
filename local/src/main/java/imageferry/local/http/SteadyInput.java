package imageferry.local.http;

import imageferry.rule.Count;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * A client's body that must keep coming: after 30 s with at least 1,024 bytes a second, counted from its beginning. A slow
 * line passes; a client that only holds the connection does not.
 */
public final class SteadyInput extends FilterInputStream {
    private static final long GRACE_NANOS = 30_000_000_000L;
    private static final long LEAST_PER_SECOND = 1024;

    private final LongSupplier nanos;
    private final long began;
    private long bytes;

    /** @param nanos a clock in nanoseconds, with any origin */
    public SteadyInput(InputStream body, LongSupplier nanos) {
        super(body);
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    @Override
    public int read() throws IOException {
        var single = super.read();
        counted(single < 0 ? 0 : 1);
        return single;
    }

    /** @throws SocketTimeoutException when the body comes too slowly */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return counted(super.read(into, offset, length));
    }

    private int counted(int read) throws SocketTimeoutException {
        if (read > 0) {
            bytes += read;
            var due = (nanos.getAsLong() - began - GRACE_NANOS) / 1_000_000_000L * LEAST_PER_SECOND;
            if (bytes < due) {
                throw new SocketTimeoutException("A body came too slowly: " + Count.of(bytes, "byte") + " so far");
            }
        }
        return read;
    }
}
