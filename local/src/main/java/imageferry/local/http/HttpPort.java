package imageferry.local.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One HTTP server on one address. Requests above the limit wait for a moment, and are then answered with 503. */
public final class HttpPort implements AutoCloseable {
    /** Connections that wait to be accepted. A client beyond them is reset, so there are more than in a burst. */
    public static final int BACKLOG = 1024;

    /** The headers of a request with its first line, in bytes. API Gateway allows 10,240. */
    static final int LARGEST_HEADERS = 16 << 10;

    private static final int MOST_THREADS = 8;
    private static final System.Logger LOG = System.getLogger(HttpPort.class.getName());

    private final Server server;
    private final ServerConnector connector;
    private final Phaser running;
    private final Duration ending;

    private HttpPort(Server server, ServerConnector connector, Phaser running, Duration ending) {
        this.server = server;
        this.connector = connector;
        this.running = running;
        this.ending = ending;
    }

    /**
     * Serves at once.
     *
     * @param address port 0 for any that is free
     * @throws BindException when this machine does not have the address, or the port is in use
     */
    public static HttpPort open(InetSocketAddress address, PortLimits limits, Answering answering) throws IOException {
        var threads = new QueuedThreadPool(MOST_THREADS);
        threads.setDaemon(true);
        threads.setName("http-" + address.getPort());
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(limits.idle().toMillis());
        var slowHeaders = new SlowHeaders(connector::getScheduler, limits.headers());
        connector.addBean(slowHeaders);
        server.addConnector(connector);
        server.setErrorHandler(new Refusals());
        var running = new Phaser(1);
        server.setHandler(slowHeaders.watching(bounded(new Answered(answering, running), limits)));
        return started(new HttpPort(server, connector, running, limits.ending()));
    }

    private static HttpConfiguration configuration() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEADERS);
        // A slash in an id arrives encoded; the handler decides its meaning.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return http;
    }

    private static Handler bounded(Handler handler, PortLimits limits) {
        var bounded = new QoSHandler(handler);
        bounded.setMaxRequestCount(limits.atOnce());
        bounded.setMaxSuspendedRequestCount(limits.waiting());
        bounded.setMaxSuspend(limits.longestWait());
        return bounded;
    }

    private static HttpPort started(HttpPort port) throws IOException {
        try {
            port.server.start();
            return port;
        } catch (Exception failed) {
            port.close();
            throw Causes.find(failed, BindException.class)
                    .map(IOException.class::cast)
                    .orElseGet(() -> new IOException("An HTTP server did not start", failed));
        }
    }

    public URI uri() {
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    /** Accepts no more requests, and waits for the running ones to end. */
    @Override
    public void close() {
        connector.close();
        try {
            running.awaitAdvanceInterruptibly(running.arrive(), ending.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException enough) {
            LOG.log(Level.DEBUG, "Some requests were still being answered", enough);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        try {
            server.stop();
        } catch (Exception stuck) {
            throw new IllegalStateException("An HTTP server did not stop", stuck);
        }
    }

    private static final class Answered extends Handler.Abstract {
        private final Answering answering;
        private final Phaser running;

        Answered(Answering answering, Phaser running) {
            this.answering = answering;
            this.running = running;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var exchange = new Exchange(request, response);
            running.register();
            try {
                answering.answer(exchange);
                exchange.discardRest();
                callback.succeeded();
            } catch (IOException | RuntimeException failure) {
                var refusal = refusal(request, failure);
                if (response.isCommitted()) {
                    callback.failed(refusal);
                } else {
                    Response.writeError(request, response, callback, refusal);
                }
            } finally {
                running.arriveAndDeregister();
            }
            return true;
        }

        private static Throwable refusal(Request request, Exception failure) {
            if (failure instanceof Refusal || failure instanceof HttpException) {
                return failure;
            }
            return Refusal.ofClient(failure).<Throwable>map(refusal -> refusal).orElseGet(() -> {
                LOG.log(
                        Level.ERROR,
                        request.getMethod() + " " + request.getHttpURI().getPath() + " could not be answered",
                        failure);
                return failure;
            });
        }
    }
}
