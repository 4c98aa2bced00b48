package imageferry.bench.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP server on a free loopback port that answers each request on a virtual thread of its own. */
public final class LoopbackServer implements AutoCloseable {
    /** Enough for 1,280 streams that start together while two processors are busy. */
    private static final int BACKLOG = 4_096;

    static {
        // The JDK's server reads these once. Without the first, each answer waits for the acknowledgement of its
        // headers;
        // without the others, the server closes connections that streams use again for their next part.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "100000");
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** Answers one request; an exchange that was not answered breaks the connection. */
    @FunctionalInterface
    public interface Handler {
        /** @throws InterruptedException when the server is being closed */
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** Starts to serve at once. */
    public LoopbackServer(Handler handler) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
