package imageferry.local.store;

import static imageferry.local.store.TestStores.HOME_BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.data.DataDisk;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A failed read is never mistaken for the object: the answer is an error, or the connection ends before the answer
 * does.
 */
@Tag("slow")
@Timeout(60)
class FailedReadsTest {
    private static final String PATH = "/" + HOME_BUCKET + "/disk.img";

    @TempDir
    private Path folder;

    @Test
    void an_object_that_is_replaced_before_it_is_opened_is_read_by_the_next_try() throws Exception {
        try (var stores = TestStores.in(folder)) {
            var raw = new RawS3(stores.stores.s3());
            raw.send("PUT", PATH, "disk".repeat(500), "x-amz-meta-a: b");
            try (var files = Files.walk(folder.resolve("s3"))) {
                Files.delete(files.filter(file -> file.getFileName().toString().startsWith("binaryData-"))
                        .findFirst()
                        .orElseThrow());
            }

            var answer = raw.send("GET", PATH, "", "Origin: http://here");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("SlowDown");
            assertThat(answer.header("Retry-After")).hasValue("1");
            assertThat(answer.body()).endsWith("</Error>");
            assertThat(answer.header("ETag")).isEmpty();
            assertThat(answer.metadata()).isEmpty();
            assertThat(answer.header("Access-Control-Allow-Origin"))
                    .as("a browser shows the error to the page")
                    .hasValue("*");
        }
    }

    @Test
    void an_unsent_answer_becomes_an_error_without_the_objects_headers() throws Exception {
        var answer = failsAfter(10);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("<?xml").endsWith("</Error>").contains("<Code>InternalError</Code>");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void a_partly_sent_answer_ends_with_its_connection() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> failsAfter(1 << 20));
    }

    private HttpResponse<String> failsAfter(int bytes) throws Exception {
        QuietLogs.silence();
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "reads", new FailingRead(bytes, new FailedWrites(DataDisk.of(folder))));
        context.addServletMappingDecoded("/", "reads");
        tomcat.getConnector();
        tomcat.start();
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    /** An object of unknown length, because its end would show that it is cut off. */
    private static final class FailingRead extends HttpServlet {
        private final int bytes;
        private final transient FailedWrites failed;

        FailingRead(int bytes, FailedWrites failed) {
            this.bytes = bytes;
            this.failed = failed;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("ETag", "\"1\"");
            response.getOutputStream().write(new byte[bytes]);
            failed.answer(new IOException("Input/output error"), request, response);
        }
    }
}
