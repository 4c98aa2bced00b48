package imageferry.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.Await;
import imageferry.local.TinyDisk;
import imageferry.local.data.DataDisk;
import imageferry.local.template.FunctionSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InvocationTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    @TempDir
    Path folder;

    private final List<String> reported = new CopyOnWriteArrayList<>();
    private final Failures failures =
            (function, sentence, file) -> reported.add(function + ": " + sentence + " " + folder.relativize(file));
    private LambdaService lambda;

    @BeforeEach
    void start() {
        start(folder);
    }

    /** @param data a folder on the disk whose room is checked */
    private void start(Path data) {
        var functions = Stream.of("Echo", "Counts", "Throws", "Warns", "CannotBeMade", "Hangs", "Absent")
                .map(InvocationTest::function)
                .toList();
        var classes = new WithSerializer(InvocationTest.class.getClassLoader());
        var endpoints = new Endpoints(NOWHERE, NOWHERE, NOWHERE, NOWHERE);
        lambda = new LambdaService(
                functions,
                function -> endpoints.environmentOf(function, "us-east-1"),
                classes,
                Construction.boundTo(classes, Handlers.class.getName()),
                folder.resolve("logs"),
                new Undelivered(folder.resolve("undelivered.jsonl"), failures),
                failures,
                DataDisk.of(data));
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    @Test
    void a_stream_handler_is_made_once_with_its_own_environment() {
        var before = Handlers.CONSTRUCTED.get();

        assertThat(returned("arn:aws:lambda:us-east-1:111111111111:function:Echo:live", "hello"))
                .isEqualTo("LOCALEcho hello");
        assertThat(returned("Echo", "again")).isEqualTo("LOCALEcho again");
        assertThat(Handlers.CONSTRUCTED.get()).isEqualTo(before + 1);
    }

    @Test
    void its_output_goes_to_its_log() throws IOException {
        returned("Echo", "hello");

        assertThat(Files.readString(folder.resolve("logs/Echo.log")))
                .contains("START RequestId: ", "printed by Echo\n", "END RequestId: ");
    }

    @Test
    void the_console_is_restored_at_the_end() {
        var during = System.out;
        lambda.close();

        assertThat(System.out).isNotSameAs(during);
        start();
        assertThat(System.out).isNotSameAs(during);
    }

    @Test
    void records_pass_through_the_functions_own_serialiser() throws IOException {
        var answer = new ObjectMapper().readTree(returned("Counts", "{\"word\":\"ferry\"}"));

        assertThat(answer.path("characters").asInt()).isEqualTo(5);
        assertThat(answer.path("remainingMillis").asInt()).isBetween(1, 60_000);
    }

    @Test
    void a_thrown_exception_is_a_function_error_named_by_its_class() throws IOException {
        var failed = failed("Throws", "{\"word\":\"boat\"}");
        var payload = new ObjectMapper().readTree(failed.payload());

        assertThat(failed.errorType()).isEqualTo("java.lang.IllegalStateException");
        assertThat(payload.path("errorMessage").asText()).isEqualTo("no boat");
        assertThat(payload.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(payload.path("stackTrace").isArray()).isTrue();
        assertThat(payload.fieldNames())
                .toIterable()
                .as("the report of Lambda's runtime; a cause is only in the log")
                .containsExactlyInAnyOrder("errorMessage", "errorType", "stackTrace");
    }

    @Test
    void a_handler_that_cannot_be_made_fails_with_the_reason() {
        assertThat(failed("CannotBeMade", "{}").errorType()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(failed("Absent", "{}").errorType()).isEqualTo("java.lang.ClassNotFoundException");
    }

    @Test
    void the_timeout_ends_it_as_in_lambda() throws InterruptedException {
        var failed = failed("Hangs", "{}");

        assertThat(failed.errorType()).isEqualTo("Sandbox.Timedout");
        assertThat(new String(failed.payload(), UTF_8)).contains("Task timed out after 1.00 seconds");
        Handlers.Hangs.INTERRUPTED.await();
    }

    @Test
    void an_unknown_function_or_too_large_payload_is_refused_as_in_lambda() {
        assertThat(lambda.invoke("Nobody", new byte[0])).isInstanceOf(Answer.Refused.class);
        assertThat(lambda.invoke("Echo", new byte[7 << 20]))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.errorName()).isEqualTo("Lambda.RequestTooLargeException"));
    }

    @Test
    void an_unhandled_failure_is_reported_with_its_log_file() throws Exception {
        lambda.invokeLater("Throws", new ObjectMapper().readTree("{\"word\":\"boat\"}"));

        Await.until("the event to be given up", Duration.ofSeconds(30), () -> reported, list -> list.size() == 2);
        assertThat(reported)
                .containsExactly(
                        "Throws: java.lang.IllegalStateException: no boat logs/Throws.log",
                        "Throws: An event was given up (attempts: 1) and is kept here undelivered.jsonl");
    }

    @Test
    void a_call_that_times_out_is_reported() {
        lambda.invokeAndReport("Hangs", "{}".getBytes(UTF_8));

        assertThat(reported)
                .singleElement()
                .asString()
                .startsWith("Hangs: Sandbox.Timedout: ")
                .endsWith(" logs/Hangs.log");
    }

    /** Such errors are part of the workflow: copies end by them. */
    @Test
    void an_error_that_the_state_machine_handles_is_not_reported() {
        failed("Throws", "{\"word\":\"boat\"}");

        assertThat(reported).isEmpty();
    }

    @Test
    void a_warning_that_a_handler_logs_is_reported() {
        returned("Warns", "a disk is not imported");

        assertThat(reported).containsExactly("Warns: a disk is not imported logs/Warns.log");
    }

    @Test
    void an_asynchronous_event_waits_for_room_on_the_disk() throws Exception {
        lambda.close();
        try (var disk = TinyDisk.mount(folder.resolve("disk"), "size=4m")) {
            start(disk.path());
            disk.fill(0);
            lambda.invokeLater("Counts", new ObjectMapper().readTree("{\"word\":\"ferry\"}"));
            lambda.invokeLater("Throws", new ObjectMapper().readTree("{\"word\":\"boat\"}"));
            for (var call = 0; call < 100; call++) {
                returned("Echo", "the calls above have had their time");
            }
            assertThat(folder.resolve("logs/Counts.log")).doesNotExist();

            disk.free();

            Await.until("the call", Duration.ofSeconds(20), () -> logOf("Counts"), log -> log.contains("END"));
            Await.until("the failed call", Duration.ofSeconds(20), () -> logOf("Throws"), log -> log.contains("END"));
        }
    }

    private String logOf(String function) throws IOException {
        var log = folder.resolve("logs/" + function + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private String returned(String function, String event) {
        return new String(((Answer.Returned) lambda.invoke(function, event.getBytes(UTF_8))).payload(), UTF_8);
    }

    private Answer.Failed failed(String function, String event) {
        return (Answer.Failed) lambda.invoke(function, event.getBytes(UTF_8));
    }

    private static FunctionSpec function(String name) {
        return new FunctionSpec(
                name,
                name,
                "arn:aws:lambda:us-east-1:111111111111:function:" + name,
                Handlers.class.getName() + "$" + name,
                Map.of(),
                name.equals("Hangs") ? Duration.ofSeconds(1) : Duration.ofSeconds(60),
                128,
                Integer.MAX_VALUE,
                List.of(),
                new FunctionSpec.AsyncRetry(0, true),
                List.of(),
                List.of(),
                List.of());
    }

    /** Names the tests' serialiser where functions.zip would name its own. */
    private static final class WithSerializer extends ClassLoader {
        WithSerializer(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("META-INF/services/com.amazonaws.services.lambda.runtime.CustomPojoSerializer")
                    ? Collections.enumeration(List.of(service()))
                    : super.getResources(name);
        }

        private static URL service() throws IOException {
            var file = Files.createTempFile("serializer", ".txt");
            file.toFile().deleteOnExit();
            Files.writeString(file, JacksonSerializer.class.getName());
            return file.toUri().toURL();
        }
    }
}
