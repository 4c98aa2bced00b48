package imageferry.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of one client, or a thousand, on a port. */
@Timeout(60)
@Tag("slow")
class HttpPortTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final PortLimits LIMITS = PortLimits.of(20, Duration.ZERO);

    @Test
    void each_of_a_thousand_simultaneous_requests_is_answered() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        try (var port = HttpPort.open(ANY, LIMITS, exchange -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    running.decrementAndGet();
                    exchange.send(200, Map.of(), "here".getBytes(US_ASCII));
                });
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var go = new CountDownLatch(1);
            var answers = new ArrayList<Future<String>>();
            for (var client = 0; client < 1000; client++) {
                answers.add(clients.submit(() -> {
                    go.await();
                    return answer(port, "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
                }));
            }
            go.countDown();

            for (var answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 200").endsWith("here");
            }
            assertThat(most).hasValueBetween(1, 20);
        }
    }

    @Test
    void a_request_above_the_limit_waits_and_is_then_asked_to_try_again() throws Exception {
        var busy = new CountDownLatch(1);
        var limits = new PortLimits(
                1, 1, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO);
        try (var port = HttpPort.open(ANY, limits, exchange -> {
                    awaited(busy);
                    exchange.send(200, Map.of(), new byte[0]);
                });
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var request = "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
            var answers = List.of(
                    clients.submit(() -> answer(port, request)),
                    clients.submit(() -> answer(port, request)),
                    clients.submit(() -> answer(port, request)));
            Await.until(
                    "two refusals",
                    Duration.ofSeconds(20),
                    () -> answers.stream().filter(Future::isDone).count(),
                    refused -> refused == 2);
            busy.countDown();

            var told = new ArrayList<String>();
            for (var answer : answers) {
                told.add(answer.get());
            }
            assertThat(told)
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 200"))
                    .hasSize(1);
            assertThat(told)
                    .filteredOn(answer -> answer.startsWith("HTTP/1.1 503"))
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer)
                            .contains("Retry-After: 1", "application/problem+json", "try again in a moment"));
        }
    }

    @Test
    void an_incomplete_request_is_closed() throws Exception {
        var limits = new PortLimits(
                20, 20, Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ZERO);
        try (var port = HttpPort.open(ANY, limits, HttpPortTest::echo)) {
            assertThat(answer(port, "")).isEmpty();
            assertThat(answer(port, "GET /ima")).isEmpty();
            assertThat(answer(port, "GET / HTTP/1.1\r\nHost: here\r\nX-")).isEmpty();
            assertThat(answer(port, "PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nhalf"))
                    .startsWith("HTTP/1.1 408")
                    .contains("application/problem+json", "too slowly");
        }
    }

    @Test
    void slow_headers_are_closed_and_a_slow_body_is_not() throws Exception {
        var limits = new PortLimits(
                20, 20, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ZERO);
        try (var port = HttpPort.open(ANY, limits, HttpPortTest::echo)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> drip(port, "GET / HTTP/1.1\r\nHost: here\r\nX-Drop: ", 100));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() ->
                            drip(port, "GET / HTTP/1.1\r\nHost: here\r\n\r\nGET /again HTTP/1.1\r\nX-Drop: ", 100));

            var oneByte = "PUT / HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> drip(port, oneByte, 100));
            var slowBody = "PUT / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 20\r\n";
            assertThat(drip(port, slowBody + "\r\n", 20))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("x".repeat(20));
            assertThat(drip(port, slowBody + "Expect: 100-continue\r\n\r\n", 20))
                    .contains("HTTP/1.1 200")
                    .endsWith("x".repeat(20));
        }
    }

    @Test
    void too_large_headers_are_refused() throws Exception {
        try (var port = HttpPort.open(ANY, LIMITS, HttpPortTest::echo)) {
            assertThat(answer(port, "GET / HTTP/1.1\r\nHost: here\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431")
                    .contains("application/problem+json", "16384 bytes");
            assertThat(answer(port, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: here\r\n\r\n"))
                    .startsWith("HTTP/1.1 414")
                    .contains("application/problem+json");
            assertThat(answer(port, "\0\0 / nonsense\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "cannot be read");
        }
    }

    /** A client without that information sends its next request on a closed connection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0 / nonsense\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: here\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: here\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/7.0\r\nHost: here\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: here\r\nX-Long: 20000 x\r\n\r\n",
                "GET /20000 x HTTP/1.1\r\nHost: here\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\nContent-Length: 8\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nhalf",
                "PUT / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n",
                "PUT /defect HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nhalf"
            })
    void a_refusal_that_closes_the_connection_says_so(String request) throws Exception {
        var limits = new PortLimits(
                20, 20, Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ZERO);
        try (var port = HttpPort.open(ANY, limits, exchange -> {
            if (exchange.path().equals("/defect")) {
                throw new IllegalStateException("a defect");
            }
            echo(exchange);
        })) {
            assertThat(answer(port, request.replace("20000 x", "x".repeat(20_000))))
                    .containsPattern("^HTTP/1.1 [45]")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    @Test
    void a_client_that_is_still_sending_reads_its_refusal() throws Exception {
        try (var port =
                HttpPort.open(ANY, LIMITS, exchange -> exchange.send(413, Map.of(), "too large".getBytes(US_ASCII)))) {
            assertThat(answer(
                            port,
                            "PUT / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 20000000\r\n\r\n"
                                    + "x".repeat(20_000_000)))
                    .startsWith("HTTP/1.1 413")
                    .endsWith("too large");
        }
    }

    @Test
    void a_defect_also_gets_an_answer() throws Exception {
        try (var port = HttpPort.open(ANY, LIMITS, exchange -> {
            throw new IllegalStateException("secret");
        })) {
            assertThat(answer(port, "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 500")
                    .contains("application/problem+json")
                    .doesNotContain("secret");
        }
    }

    @Test
    void a_defect_is_logged_and_an_outage_is_not_reported_as_slow() throws Exception {
        var logged = new LinkedBlockingQueue<LogRecord>();
        var handler = new Logged(logged);
        var logger = Logger.getLogger(HttpPort.class.getName());
        logger.addHandler(handler);
        try (var port = HttpPort.open(ANY, LIMITS, exchange -> {
            if (exchange.path().equals("/defect")) {
                throw new IllegalStateException("a defect");
            }
            throw new IOException("an outage");
        })) {
            for (var failure : List.of("defect", "outage")) {
                assertThat(answer(port, "GET /" + failure + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 500")
                        .contains("the terminal says why");
                assertThat(logged.remove().getThrown()).hasMessageEndingWith(failure);
            }
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void a_body_that_ends_too_early_is_not_reported_as_slow() throws Exception {
        try (var port = HttpPort.open(ANY, LIMITS, HttpPortTest::echo);
                var socket = new Socket(ANY.getAddress(), port.uri().getPort())) {
            socket.getOutputStream()
                    .write("PUT / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nhalf".getBytes(US_ASCII));
            socket.shutdownOutput();

            assertThat(text(socket.getInputStream()))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .doesNotContain("slowly");
        }
    }

    @Test
    void a_port_in_use_is_reported_as_such() throws Exception {
        try (var taken = new ServerSocket(0, 1, ANY.getAddress())) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> HttpPort.open(
                            new InetSocketAddress(ANY.getAddress(), taken.getLocalPort()), LIMITS, HttpPortTest::echo));
        }
    }

    @Test
    void a_running_request_may_end_during_a_stop() throws Exception {
        var arrived = new CountDownLatch(1);
        var limits = PortLimits.of(20, Duration.ofSeconds(20));
        var number = new CompletableFuture<Integer>();
        var port = HttpPort.open(ANY, limits, exchange -> {
            arrived.countDown();
            awaitClosed(number.join());
            exchange.send(200, Map.of(), new byte[0]);
        });
        number.complete(port.uri().getPort());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    clients.submit(() -> answer(port, "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"));
            arrived.await();
            port.close();

            assertThat(answer.get()).startsWith("HTTP/1.1 200");
        }
    }

    private static void awaitClosed(int port) {
        while (true) {
            try {
                new Socket(ANY.getAddress(), port).close();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Exchange exchange) throws IOException {
        exchange.send(200, Map.of(), exchange.body().readAllBytes());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answer(HttpPort port, String request) throws IOException {
        try (var socket = new Socket(ANY.getAddress(), port.uri().getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return text(socket.getInputStream());
        }
    }

    /** Sends the head, and then one byte after the other. */
    private static String drip(HttpPort port, String head, int bytes) throws IOException, InterruptedException {
        try (var socket = new Socket(ANY.getAddress(), port.uri().getPort())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            for (var sent = 0; sent < bytes; sent++) {
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                socket.getOutputStream().write('x');
            }
            return text(socket.getInputStream());
        }
    }

    private static String text(InputStream answer) throws IOException {
        return new String(answer.readAllBytes(), US_ASCII);
    }

    private static final class Logged extends Handler {
        private final Queue<LogRecord> records;

        Logged(Queue<LogRecord> records) {
            this.records = records;
        }

        @Override
        public void publish(LogRecord line) {
            records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
