package imageferry.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** A client that stops in the middle of a body gets S3's error, for every kind of request. */
@Timeout(60)
@Tag("slow")
class StoppedBodyTest {
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private static Path folder;

    private static EmbeddedStores stores;

    @BeforeAll
    static void start() {
        stores = EmbeddedStores.start(new StoreSettings(
                folder,
                0,
                "imageferry",
                "111111111111",
                TestStores.HOME,
                List.of(TestStores.HOME),
                AccessCheck.lenient(),
                created -> {},
                Duration.ofSeconds(1)));
        TestStores.s3(stores.s3(), TestStores.HOME, "anyone")
                .putObject(put -> put.bucket(TestStores.HOME_BUCKET).key("k"), RequestBody.fromString("bytes"));
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /k", "PUT /k?tagging", "POST ?delete", "POST /k?uploadId=" + ID})
    void a_body_that_stops_is_a_request_timeout(String request) throws Exception {
        var firstLine = request.replaceFirst(" ", " /" + TestStores.HOME_BUCKET) + " HTTP/1.1\r\n";
        try (var socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), stores.s3().getPort())) {
            socket.getOutputStream()
                    .write((firstLine
                                    + "Host: here\r\nContent-Type: application/xml\r\nContent-Length: 500\r\n\r\n<Tag")
                            .getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/xml", "<Error><Code>RequestTimeout</Code>")
                    .doesNotContain("<Map>");
        }
    }
}
