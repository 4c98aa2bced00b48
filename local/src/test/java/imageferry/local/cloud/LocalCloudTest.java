package imageferry.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.local.lambda.Failures;
import imageferry.local.store.AccessCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
@Tag("slow")
class LocalCloudTest {
    @TempDir
    Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private SmallStack stack;

    @BeforeEach
    void writeStack() throws IOException {
        stack = SmallStack.in(home);
    }

    @Test
    void every_trigger_of_the_template_reaches_its_function() throws Exception {
        try (var cloud = LocalCloud.start(stack.settings())) {
            var response = http.send(
                    HttpRequest.newBuilder(cloud.api().resolve("/notes")).build(), BodyHandlers.ofString());
            put(cloud, "first");
            cloud.executions().start("one", "{}");
            upload(cloud, "imports/111111111111/disk.raw");

            assertThat(response.body()).isEqualTo("noted");
            noted("the schedule", line -> line.equals("{\"from\":\"schedule\"}"));
            noted("the API", line -> line.contains("\"resource\":\"/notes\""));
            noted(
                    "the table",
                    line -> line.contains("\"pk\":{\"S\":\"first\"}") && line.contains("\"tags\":{\"M\":{}}"));
            noted("the state machine", line -> line.equals("{\"from\":\"machine\"}"));
            noted(
                    "the upload",
                    line -> line.contains("\"key\":\"imports/111111111111/disk.raw\"")
                            && line.contains("\"region\":\"eu-west-1\""));
            assertThat(cloud.usedRights())
                    .anySatisfy(use -> assertThat(use.action()).isEqualTo("lambda:InvokeFunction"));
        }
    }

    @Test
    void a_restart_continues_where_it_stopped() throws Exception {
        try (var cloud = LocalCloud.start(stack.settings())) {
            put(cloud, "before");
            noted("the first item", line -> line.contains("before"));
        }
        try (var cloud = LocalCloud.start(stack.settings())) {
            put(cloud, "after");
            noted("the second item", line -> line.contains("after"));

            assertThat(stack.noted().stream().filter(line -> line.contains("before")))
                    .hasSize(1);
        }
    }

    @Test
    void a_port_in_use_is_reported_in_one_sentence_and_nothing_keeps_running() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = stack.settings(Map.of("Notes", stack.notes().toString()), taken.getLocalPort());

            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> LocalCloud.start(settings))
                    .withMessage("Port " + taken.getLocalPort() + " of 127.0.0.1 is in use by another program: stop"
                            + " that one, or name another port with --port.");
        }
        LocalCloud.start(stack.settings()).close();
    }

    /** The access check is called when the table is created: after the ports are checked and before the API listens. */
    @Test
    void a_port_that_is_taken_during_the_start_is_reported_in_the_same_sentence() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var other = new ServerSocket()) {
            AccessCheck taking = (key, action, resource, leadingKeys) -> {
                take(other, port);
                return Optional.empty();
            };
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> LocalCloud.start(
                            stack.settings(Map.of("Notes", stack.notes().toString()), port), taking, Failures.UNHEARD))
                    .withMessage("Port " + port + " of 127.0.0.1 is in use by another program: stop that one, or name"
                            + " another port with --port.");
        }
    }

    private static synchronized void take(ServerSocket socket, int port) {
        try {
            if (!socket.isBound()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            }
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    @Test
    void an_unknown_parameter_is_reported_in_one_sentence() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> LocalCloud.start(stack.settings(Map.of("Note", "x"), 0)))
                .withMessage("There is no parameter Note; the template knows Installation, Notes, Regions.");
    }

    @Test
    void missing_functions_are_reported_in_one_sentence() {
        var settings =
                new LocalSettings(home, home.resolve("data"), 0, 0, List.of(), Map.of(), home.resolve("absent.zip"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> LocalCloud.start(settings))
                .withMessage("The functions are not built: there is no " + home.resolve("absent.zip") + ".");
    }

    @Test
    void a_broken_zip_is_reported_in_one_sentence() throws IOException {
        var zip = stack.settings().functionsZip();
        var bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, bytes.length / 3));
        refused("functions.zip is broken (it is cut off): build it again with ./mvnw package.");

        Files.writeString(zip, "no zip");
        refused("functions.zip is broken (it has no entries): build it again with ./mvnw package.");
    }

    @Test
    void a_file_in_place_of_a_folder_is_reported_in_one_sentence() throws IOException {
        var data = home.resolve("data");
        Files.createDirectories(data);
        Files.writeString(data.resolve("imageferry-data.json"), "{\"format\":\"imageferry-data\",\"version\":1}\n");
        Files.createFile(data.resolve("streams"));

        refused("The data folder " + data + " cannot be used (" + data + "/streams is a file): repair it, or name"
                + " another folder with --data.");
    }

    @Test
    void a_missing_definition_is_not_blamed_on_the_data_folder() throws IOException {
        var definition = Files.move(home.resolve("machine.asl.yaml"), home.resolve("moved.yaml"))
                .resolveSibling("machine.asl.yaml");

        refused("The file " + definition + " cannot be used (no such file or folder).");
    }

    @Test
    void a_damaged_journal_is_named() throws IOException {
        var journal = home.resolve("data/executions/one.jsonl");
        LocalCloud.start(stack.settings()).close();
        Files.writeString(
                journal,
                "{\"event\":\"started\",\"name\":\"one\",\"input\":{},\"at\":\"2026-11-30T12:00:00Z\"}\nnonsense\n");

        refused("The journal " + journal + " is damaged in line 2: repair the line, or move the file out of the data"
                + " folder. Nothing was changed.");
    }

    /** A folder that is not a data folder yet gets no probe file, for any cause of the failed start. */
    @Test
    void a_start_that_fails_before_the_data_folder_is_known_writes_nothing_there() throws Exception {
        var data = Files.createDirectory(home.resolve("data"));
        var before = Files.getLastModifiedTime(data);
        Files.delete(home.resolve("openapi.yaml"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> LocalCloud.start(stack.settings()))
                .withMessageContaining("openapi.yaml")
                .withMessageNotContaining("--data");
        assertThat(data).isEmptyDirectory();
        assertThat(Files.getLastModifiedTime(data)).isEqualTo(before);
    }

    private void refused(String sentence) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> LocalCloud.start(stack.settings()))
                .withMessage(sentence);
    }

    private static void put(LocalCloud cloud, String key) {
        try (var dynamoDb = LocalClients.dynamoDb(cloud.dynamoDb(), "us-east-1")) {
            dynamoDb.putItem(item -> item.tableName("Things")
                    .item(Map.of("pk", AttributeValue.fromS(key), "tags", AttributeValue.fromM(Map.of()))));
        }
    }

    private void upload(LocalCloud cloud, String key) throws Exception {
        var response = http.send(
                HttpRequest.newBuilder(cloud.s3().resolve("/imageferry-111111111111-eu-west-1/" + key))
                        .PUT(BodyPublishers.ofString("bytes"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    /** Polls until the function has written it; the class's timeout ends a wait without result. */
    private void noted(String what, Predicate<String> line) throws IOException {
        while (stack.noted().stream().noneMatch(line)) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(stack.noted()).as(what).anyMatch(line);
    }
}
