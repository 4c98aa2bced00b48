package imageferry.local.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that only drip: bytes come, but neither the headers of a request nor an answer is ever complete. To the
 * server's idle timeout such a connection is busy.
 */
final class SlowHeaders implements Connection.Listener {
    private final Supplier<Scheduler> scheduler;
    private final Duration betweenLooks;

    SlowHeaders(Supplier<Scheduler> scheduler, Duration betweenLooks) {
        this.scheduler = scheduler;
        this.betweenLooks = betweenLooks;
    }

    private record Seen(long bytes, long requests, long answers) {
        static Seen of(Connection connection) {
            return new Seen(connection.getBytesIn(), connection.getMessagesIn(), connection.getMessagesOut());
        }

        boolean onlyDrips(Seen before) {
            return requests == answers
                    && requests == before.requests
                    && answers == before.answers
                    && bytes > before.bytes;
        }
    }

    @Override
    public void onOpened(Connection connection) {
        lookLater(connection, new Seen(0, 0, 0));
    }

    private void lookLater(Connection connection, Seen before) {
        scheduler.get().schedule(() -> look(connection, before), betweenLooks.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Connection connection, Seen before) {
        var now = Seen.of(connection);
        if (now.onlyDrips(before)) {
            connection.getEndPoint().close();
        } else if (connection.getEndPoint().isOpen()) {
            lookLater(connection, now);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        // The next look finds it closed.
    }
}
