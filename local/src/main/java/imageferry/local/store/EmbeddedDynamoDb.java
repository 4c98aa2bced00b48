package imageferry.local.store;

import imageferry.local.data.DataDisk;
import imageferry.local.http.HttpPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * DynamoDB Local over SQLite, on a free port of 127.0.0.1. Its own server would listen on every interface and send
 * telemetry; this one does neither.
 */
final class EmbeddedDynamoDb implements AutoCloseable {
    private static final int MOST_THREADS = 8;

    /** DynamoDB's limit for a request, in bytes. */
    private static final long LARGEST_REQUEST = 16L << 20;

    private static final long NO_LIMIT = -1;

    private final Server server;
    private final ExecutorService requests;
    private final TableRequestHandler handler;
    private final URI endpoint;

    private EmbeddedDynamoDb(Server server, ExecutorService requests, TableRequestHandler handler, URI endpoint) {
        this.server = server;
        this.requests = requests;
        this.handler = handler;
        this.endpoint = endpoint;
    }

    /** @param lastReadByAll the sequence number of a change; those before it are removed */
    static EmbeddedDynamoDb start(Path folder, StoreSettings settings, long lastReadByAll, DataDisk disk) {
        ReadChanges.remove(folder.resolve("shared-local-instance.db"), lastReadByAll);
        var threads = new QueuedThreadPool(MOST_THREADS);
        var requests = Executors.newVirtualThreadPerTaskExecutor();
        threads.setVirtualThreadsExecutor(requests);
        threads.setName("dynamodb");
        threads.setDaemon(true);
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setAcceptQueueSize(HttpPort.BACKLOG);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var handler = new TableRequestHandler(new CommittedTransactions(folder), settings, disk);
        var bounded = new SizeLimitHandler(LARGEST_REQUEST, NO_LIMIT);
        bounded.setHandler(handler);
        server.setHandler(bounded);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start", e);
        }
        return new EmbeddedDynamoDb(
                server, requests, handler, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("DynamoDB Local did not stop", e);
        } finally {
            // The server does not wait for them, and one that still runs would keep the database locked.
            requests.close();
            handler.close();
        }
    }
}
