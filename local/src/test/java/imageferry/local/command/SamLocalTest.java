package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.lint.Tool;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/sam-local.md, in a Lambda runtime that is not ours, on the tables and buckets of local mode.
 * Skipped, with the reason, where SAM, Docker or the runtime's image is missing.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("full")
class SamLocalTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INVOKE = Pattern.compile("sam local invoke (\\w+) -e events/([\\w-]+)\\.json");
    private static final String PAGE = "docs/sam-local.md";
    private static final String PLACE = "./imageferry local --aws 172.17.0.1 ";

    @TempDir
    static Path folder;

    static String options = "";
    static LocalProcess place;

    @BeforeAll
    static void start() throws Exception {
        Tool.wanted("sam", "aws-sam-cli");
        var bridge = bridge();
        options = " --skip-pull-image --invoke-image " + runtime() + " --parameter-overrides Architecture="
                + architecture();
        assertThat(Files.readString(Home.folder().resolve(PAGE))).contains(PLACE);
        place = LocalProcess.start(folder.resolve("data"), "--aws", bridge + ":0");
        options += " --env-vars " + folder.resolve("data/sam-local.json");
    }

    @AfterAll
    static void stop() {
        if (place != null) {
            place.close();
        }
    }

    @Test
    void every_function_answers_its_sample_as_the_page_says() throws Exception {
        var invocations = SamCommand.of(PAGE).stream()
                .filter(command -> command.starts("sam local invoke"))
                .toList();
        var answers = new ArrayList<SamCommand>();
        try (var two = Executors.newFixedThreadPool(2)) {
            for (var answer : two.invokeAll(invocations.stream()
                    .map(command ->
                            (Callable<SamCommand>) () -> new SamCommand(command.text(), inShort(answer(command))))
                    .toList())) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsExactlyElementsOf(invocations);
        assertThat(invoked(invocations, 1)).isEqualTo(functions());
        assertThat(invoked(invocations, 2)).isEqualTo(samples());
    }

    @Test
    void the_api_and_lambda_of_sam_work_on_real_images() throws Exception {
        var examples = PageExamples.examples(Files.readString(Home.folder().resolve(PAGE)), "shell-session");
        assertThat(examples).hasSize(4);
        Files.write(folder.resolve("disk.img"), "i".repeat(20_000_000).getBytes(StandardCharsets.UTF_8));

        try (var api = Server.of("sam local start-api");
                var lambda = Server.of("sam local start-lambda")) {
            var typist = new PageExamples(
                    folder,
                    command -> command.replace("http://127.0.0.1:4081", place.s3.toString())
                            .replace("127.0.0.1:3000", "127.0.0.1:" + api.port())
                            .replace("127.0.0.1:3001", "127.0.0.1:" + lambda.port()));
            for (var example : examples) {
                typist.check(example);
            }
        }
    }

    /** A server of SAM's, until it is closed. */
    private record Server(Process process, int port) implements AutoCloseable {
        static Server of(String command) throws IOException {
            assertThat(Files.readString(Home.folder().resolve(PAGE))).contains("`" + command + "`");
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            var process = Tool.start(
                            Home.folder(), List.of("bash", "-c", "exec " + command + options + " --port " + port))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(folder.resolve("server-" + port + ".log").toFile())
                    .start();
            while (!serves(port)) {
                assertThat(process.isAlive()).as(command + " runs").isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            return new Server(process, port);
        }

        private static boolean serves(int port) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        }

        /** As Ctrl-C does: it removes its containers before it ends. */
        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    private static JsonNode answer(SamCommand command) throws IOException {
        var run = Tool.run(Home.folder(), List.of("bash", "-c", command.text() + options));
        assertThat(run.status()).as(command.text() + run.errors()).isZero();
        return JSON.readTree(run.output());
    }

    private static String inShort(JsonNode answer) throws IOException {
        if (answer.has("errorType")) {
            return answer.get("errorMessage").asText();
        }
        if (answer.has("statusCode")) {
            var code = JSON.readTree(answer.path("body").asText("{}")).path("code");
            return (answer.get("statusCode").asText() + " " + code.asText()).strip();
        }
        return answer.toString();
    }

    private static Set<String> invoked(List<SamCommand> invocations, int group) {
        var invoked = new TreeSet<String>();
        for (var command : invocations) {
            var match = INVOKE.matcher(command.text());
            assertThat(match.matches()).as(command.text()).isTrue();
            invoked.add(match.group(group));
        }
        return invoked;
    }

    private static Set<String> functions() throws IOException {
        var functions = new TreeSet<String>();
        JSON.readTree(folder.resolve("data/sam-local.json").toFile())
                .fieldNames()
                .forEachRemaining(functions::add);
        return functions;
    }

    private static Set<String> samples() throws IOException {
        try (var files = Files.list(Home.folder().resolve("events"))) {
            var samples = new TreeSet<String>();
            files.forEach(file -> samples.add(file.getFileName().toString().replace(".json", "")));
            return samples;
        }
    }

    /** The address of this machine for containers. */
    private static String bridge() throws IOException {
        var bridge = NetworkInterface.getByName("docker0");
        if (bridge == null) {
            return abort("there is no bridge of Docker's on this machine");
        }
        return bridge.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .map(InetAddress::getHostAddress)
                .orElseGet(() -> abort("Docker's bridge has no address"));
    }

    /** Lambda's own image if it was pulled once, otherwise a replacement for it. */
    private static String runtime() throws IOException {
        var docker =
                Tool.run(Home.folder(), List.of("bash", "-c", "docker images --format '{{.Repository}}:{{.Tag}}'"));
        assumeTrue(docker.status() == 0, "Docker does not run");
        return docker.output()
                .lines()
                .filter(image -> image.matches(".*lambda[/-]java:25-" + architecture()))
                .findFirst()
                .orElseGet(() -> abort("no image of Lambda's runtime for Java 25 is on this machine"));
    }

    static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    }
}
