package imageferry.local.store;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's HTTP with a time limit for a request's headers. Tomcat itself restarts its timeout after each byte. */
public final class BoundedHeadersProtocol extends Http11NioProtocol {
    private final Duration longest;

    /** Tomcat creates it by its name. */
    public BoundedHeadersProtocol() {
        this(Duration.ofSeconds(30));
    }

    BoundedHeadersProtocol(Duration longest) {
        this.longest = longest;
    }

    @Override
    protected Processor createProcessor() {
        return new Bounded(this, getAdapter(), longest.toNanos());
    }

    /** Tomcat calls it with the first bytes of a request, and again with each that follow until the headers are complete. */
    private static final class Bounded extends Http11Processor {
        private final long longestNanos;
        private @Nullable SocketWrapperBase<?> reading;
        private long began;

        Bounded(AbstractHttp11Protocol<?> protocol, Adapter adapter, long longestNanos) {
            super(protocol, adapter);
            this.longestNanos = longestNanos;
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            if (!socket.equals(reading)) {
                reading = socket;
                began = System.nanoTime();
            } else if (System.nanoTime() - began > longestNanos) {
                reading = null;
                return SocketState.CLOSED;
            }
            var state = super.service(socket);
            // The other reason for LONG is an answer that another thread writes.
            if (state != SocketState.LONG || isAsync()) {
                reading = null;
            }
            return state;
        }
    }
}
