package imageferry.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Await;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TakenTurnsTest {
    @TempDir
    private Path folder;

    private final Tomcat tomcat = new Tomcat();
    private final CountDownLatch busy = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        QuietLogs.silence();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "busy", new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                awaited(busy);
            }
        });
        context.addServletMappingDecoded("/", "busy");
        var turns = new FilterDef();
        turns.setFilterName("turns");
        turns.setFilter(new TakenTurns(1, Duration.ofMillis(300)));
        context.addFilterDef(turns);
        var everywhere = new FilterMap();
        everywhere.setFilterName("turns");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void a_request_that_waited_too_long_gets_s3s_error_for_busy() throws Exception {
        var answers = List.of(get(), get());
        Await.until(
                "a refusal",
                Duration.ofSeconds(20),
                () -> answers.stream().filter(CompletableFuture::isDone).count(),
                refused -> refused == 1);
        busy.countDown();
        var statuses = answers.stream().map(answer -> answer.join().statusCode());
        assertThat(statuses).containsExactlyInAnyOrder(200, 503);

        var refused = answers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() == 503)
                .findFirst()
                .orElseThrow();
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).startsWith("<?xml").contains("<Code>SlowDown</Code>");
    }

    private CompletableFuture<HttpResponse<String>> get() {
        var uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
        return HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
