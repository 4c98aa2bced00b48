package imageferry.local.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("slow")
class BoundedHeadersTest {
    private static final String HEAD = "PUT / HTTP/1.1\r\nHost: here\r\n";

    @TempDir
    private Path folder;

    private final Tomcat tomcat = new Tomcat();

    @BeforeEach
    void start() throws Exception {
        QuietLogs.silence();
        tomcat.setBaseDir(folder.toString());
        var connector = new Connector(new BoundedHeadersProtocol(Duration.ofMillis(600)));
        connector.setPort(0);
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "echo", new HttpServlet() {
            @Override
            protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getOutputStream().write(request.getInputStream().readAllBytes());
            }
        });
        context.addServletMappingDecoded("/", "echo");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void slow_headers_are_closed() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> dripped(HEAD + "X-Drop: ", 100, ""));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> dripped(HEAD + "Content-Length: 0\r\n\r\n" + HEAD + "X-Drop: ", 100, ""));
    }

    @Test
    void moderately_slow_headers_and_a_slow_body_are_accepted() throws Exception {
        assertThat(dripped(HEAD + "Connection: close\r\nX-Drop: ", 5, "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(dripped(HEAD + "Connection: close\r\nContent-Length: 20\r\n\r\n", 20, ""))
                .startsWith("HTTP/1.1 200")
                .endsWith("x".repeat(20));
    }

    private String dripped(String before, int bytes, String after) throws IOException, InterruptedException {
        var port = tomcat.getConnector().getLocalPort();
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(before.getBytes(US_ASCII));
            for (var sent = 0; sent < bytes; sent++) {
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                socket.getOutputStream().write('x');
            }
            socket.getOutputStream().write(after.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
