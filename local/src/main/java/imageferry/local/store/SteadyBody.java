package imageferry.local.store;

import imageferry.local.http.SteadyInput;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body must arrive steadily and within a size limit. */
final class SteadyBody extends HttpServletRequestWrapper {
    private final long most;
    private @Nullable ServletInputStream body;

    /** @param most bytes of the body; {@link Long#MAX_VALUE} for no limit */
    SteadyBody(HttpServletRequest request, long most) {
        super(request);
        this.most = most;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Bounded(super.getInputStream(), most);
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        var name = getCharacterEncoding();
        var charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    private static final class Bounded extends ServletInputStream {
        private final ServletInputStream body;
        private final InputStream steady;
        private final long most;
        private long bytes;

        Bounded(ServletInputStream body, long most) {
            this.body = body;
            this.steady = new SteadyInput(body, System::nanoTime);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            var single = steady.read();
            counted(single < 0 ? 0 : 1);
            return single;
        }

        /** @throws TooLong when more bytes have come than allowed */
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return counted(steady.read(into, offset, length));
        }

        private int counted(int read) throws TooLong {
            bytes += Math.max(0, read);
            if (bytes > most) {
                throw new TooLong(most);
            }
            return read;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
