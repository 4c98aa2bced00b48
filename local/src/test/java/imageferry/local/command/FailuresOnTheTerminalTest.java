package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.Await;
import imageferry.local.lambda.FailureLines;
import imageferry.local.store.AccessCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A failure without a waiting caller is one line on the terminal, with the file that has the details. */
@Timeout(240)
@Tag("slow")
class FailuresOnTheTerminalTest {
    @TempDir
    Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final FailureLines terminal = new FailureLines(lines::add, InstantSource.system());

    @Test
    void an_upload_whose_import_is_refused() throws Exception {
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of(), AccessCheck.lenient(), terminal)) {
            upload(cloud, "five!");

            Await.until("a line", Duration.ofMinutes(1), () -> lines, list -> !list.isEmpty());
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith("ImportUploadFunction: imports/111111111111/tiny in us-east-1 is not imported: ")
                    .endsWith(" (" + folder.toRealPath() + "/data/logs/ImportUploadFunction.log)");
        }
    }

    @Test
    void an_event_that_exhausted_its_tries() throws Exception {
        AccessCheck outage = (key, action, resource, leadingKeys) ->
                key.contains("ImportUploadFunction") ? Optional.of("an outage") : Optional.empty();
        try (var cloud = new RunningCloud(folder.resolve("data"), Map.of(), outage, terminal)) {
            upload(cloud, "five!");

            Await.until(
                    "the event to be given up",
                    Duration.ofMinutes(2),
                    () -> lines,
                    list -> list.stream().anyMatch(line -> line.contains("given up")));
            assertThat(lines.getLast())
                    .isEqualTo("ImportUploadFunction: An event was given up (attempts: 3) and is kept here ("
                            + folder.toRealPath() + "/data/undelivered.jsonl)");
            assertThat(lines.getFirst()).endsWith("/logs/ImportUploadFunction.log)");
        }
    }

    private static void upload(RunningCloud cloud, String bytes) throws Exception {
        var object =
                URI.create(cloud.s3() + "/" + RunningCloud.bucket("us-east-1") + "/imports/" + Demo.OPERATOR + "/tiny");
        var put = HttpRequest.newBuilder(object)
                .PUT(BodyPublishers.ofString(bytes))
                .header("x-amz-meta-imageferry-name", "tiny")
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(put, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }
}
