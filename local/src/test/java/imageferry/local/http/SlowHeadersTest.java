package imageferry.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Await;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowHeadersTest {
    private final Looks looks = new Looks();
    private final Server server = new Server();
    private LocalConnector.LocalEndPoint client;

    @BeforeEach
    void connect() throws Exception {
        var connector = new LocalConnector(server);
        var slowHeaders = new SlowHeaders(() -> looks, Duration.ofSeconds(15));
        connector.addBean(slowHeaders);
        server.addConnector(connector);
        server.setHandler(slowHeaders.watching(new Echo()));
        server.start();
        client = connector.connect();
        Await.until("a connection", Duration.ofSeconds(20), client::getConnection, opened -> opened != null);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void headers_in_two_packets_before_and_after_a_check_pass() throws Exception {
        send("PUT / HTTP/1.1\r\nHost: he");
        looks.next();
        send("re\r\nContent-Length: 5\r\n\r\nxxxxx");

        awaitOutput("xxxxx");
    }

    @Test
    void slow_headers_with_a_pause_are_closed() throws Exception {
        send("GET / HTTP/1.1\r\nX-Drop: ");
        looks.next();
        looks.next();
        assertThat(client.isOpen()).isTrue();
        send("x");
        looks.next();

        assertThat(client.isOpen()).isFalse();
    }

    private void send(String text) throws Exception {
        var before = client.getConnection().getBytesIn();
        client.addInput(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        Await.until(
                "the bytes to be read",
                Duration.ofSeconds(20),
                client.getConnection()::getBytesIn,
                bytes -> bytes == before + text.length());
    }

    private void awaitOutput(String text) throws Exception {
        Await.until("an answer", Duration.ofSeconds(20), client::getOutputString, output -> output.contains(text));
    }

    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Content.Sink.write(response, true, Content.Source.asString(request), callback);
            return true;
        }
    }

    /** Checks only when a test calls it. */
    private static final class Looks extends AbstractLifeCycle implements Scheduler {
        private final ConcurrentLinkedQueue<Runnable> due = new ConcurrentLinkedQueue<>();

        @Override
        public Task schedule(Runnable look, long delay, TimeUnit unit) {
            due.add(look);
            return () -> due.remove(look);
        }

        void next() {
            due.remove().run();
        }
    }
}
