package imageferry.local.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that send the headers of a request too slowly. The server's idle timeout does not, because bytes
 * arrive. Jetty's message counters cannot be used here: they count an interim answer such as 100 Continue too.
 */
final class SlowHeaders implements Connection.Listener {
    private final Supplier<Scheduler> scheduler;
    private final Duration betweenLooks;
    private final Map<Connection, Requests> open = new ConcurrentHashMap<>();

    SlowHeaders(Supplier<Scheduler> scheduler, Duration betweenLooks) {
        this.scheduler = scheduler;
        this.betweenLooks = betweenLooks;
    }

    /** The state of one connection. A request begins when its headers are complete, and ends with its answer. */
    private record Requests(AtomicLong begun, AtomicLong ended) {}

    private record Seen(long bytes, long begun, long ended, boolean dripped) {
        /** Compares with the previous check. Bytes that arrive between requests are incomplete headers. */
        Seen next(long bytesNow, Requests requests) {
            var begunNow = requests.begun().get();
            var endedNow = requests.ended().get();
            var onlyHeaders = begunNow == endedNow && begunNow == begun && endedNow == ended;
            return new Seen(bytesNow, begunNow, endedNow, onlyHeaders && (dripped || bytesNow > bytes));
        }
    }

    /** The outermost handler, so that a request that waits for its turn counts as begun. */
    Handler watching(Handler handler) {
        return new Handler.Wrapper(handler) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                var requests = open.get(request.getConnectionMetaData().getConnection());
                if (requests != null) {
                    requests.begun().incrementAndGet();
                    Request.addCompletionListener(request, _ -> requests.ended().incrementAndGet());
                }
                return super.handle(request, response, callback);
            }
        };
    }

    @Override
    public void onOpened(Connection connection) {
        var requests = new Requests(new AtomicLong(), new AtomicLong());
        open.put(connection, requests);
        lookLater(connection, requests, new Seen(0, 0, 0, false));
    }

    private void lookLater(Connection connection, Requests requests, Seen before) {
        scheduler
                .get()
                .schedule(() -> look(connection, requests, before), betweenLooks.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes at the second check that finds new bytes of the same headers; those are at least one interval old. */
    private void look(Connection connection, Requests requests, Seen before) {
        var now = before.next(connection.getBytesIn(), requests);
        if (before.dripped() && now.dripped() && now.bytes() > before.bytes()) {
            connection.getEndPoint().close();
        } else if (connection.getEndPoint().isOpen()) {
            lookLater(connection, requests, now);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }
}
