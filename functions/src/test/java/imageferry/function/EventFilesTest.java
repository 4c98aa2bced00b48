package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.function.edge.ApiResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in events/ is a valid input of its function, read and written by the serialiser that Lambda finds. */
class EventFilesTest {
    private static final Path EVENTS =
            Path.of(System.getProperty("imageferry.home", "..")).resolve("events");
    /** The call names the file here, not the function. */
    private static final Map<String, String> FUNCTIONS = Map.of(
            "api-retry-copy", "CopyImage",
            "api-retry-copy-image", "CopyImage",
            "api-cancel-copy-image", "CancelCopy",
            "api-restore-image", "DeleteImage",
            "api-describe-usage", "DescribeAccount",
            "api-share-image", "Shares",
            "api-create-instance", "UseImage",
            "api-download-image", "UseImage");

    private final CustomPojoSerializer serializer =
            ServiceLoader.load(CustomPojoSerializer.class).findFirst().orElseThrow();

    @ParameterizedTest
    @MethodSource("files")
    void an_event_is_read_and_written_without_loss(Path file) throws Exception {
        var type = handle(function(file)).getGenericParameterTypes()[0];

        var event = serializer.fromJson(Files.newInputStream(file), type);

        assertThat(event).isNotNull();
        assertThat(serializer.<Object>fromJson(written(event), type)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("apiFiles")
    void a_call_without_matching_data_is_answered_and_does_not_fail(Path file) throws Exception {
        var request = serializer.fromJson(
                Files.newInputStream(file), handle(function(file)).getGenericParameterTypes()[0]);

        var response = answer(handler(function(file)), request);

        assertThat(response.statusCode()).as(response.body()).isLessThan(500);
        assertThat(new ObjectMapper().readTree(response.body()).isObject()).isTrue();
    }

    /** Only the identity that the gateway has verified names the caller. */
    @ParameterizedTest
    @MethodSource("apiFiles")
    void a_header_changes_nothing(Path file) throws Exception {
        var type = handle(function(file)).getGenericParameterTypes()[0];
        var event = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        var plain = serializer.<Object>fromJson(
                new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)), type);

        event.withObjectProperty("headers").put("X-Imageferry-Account", "333333333333");
        event.withObjectProperty("multiValueHeaders")
                .putArray("X-Imageferry-Account")
                .add("333333333333");
        var headed = serializer.<Object>fromJson(
                new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)), type);

        assertThat(headed).isEqualTo(plain);
    }

    static Stream<Path> files() throws IOException {
        try (var all = Files.list(EVENTS)) {
            return all.sorted().toList().stream();
        }
    }

    static Stream<Path> apiFiles() throws IOException {
        return files().filter(file -> file.getFileName().toString().startsWith("api-"));
    }

    private static Class<?> function(Path file) throws ClassNotFoundException {
        var stem = file.getFileName().toString().replace(".json", "");
        var words = stem.substring(stem.indexOf('-') + 1).split("-");
        var name = Arrays.stream(words)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return Class.forName("imageferry.function." + FUNCTIONS.getOrDefault(stem, name) + "Function");
    }

    private static Method handle(Class<?> function) {
        return Arrays.stream(function.getDeclaredMethods())
                .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
                .findFirst()
                .orElseThrow();
    }

    private static Object handler(Class<?> function) throws ReflectiveOperationException {
        var wired = Arrays.stream(function.getDeclaredConstructors())
                .filter(constructor -> constructor.getParameterCount() == 1)
                .findFirst()
                .orElseThrow();
        return wired.newInstance(WiredFunctions.argument(wired, new World().app));
    }

    @SuppressWarnings("unchecked")
    private static ApiResponse answer(Object handler, Object request) {
        return ((RequestHandler<Object, ApiResponse>) handler).handleRequest(request, new LambdaCall());
    }

    private String written(Object event) {
        var bytes = new ByteArrayOutputStream();
        serializer.toJson(event, bytes, event.getClass());
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
