package imageferry.function;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.contract.Contracts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route checks its parameters and its body by the contract, and reports all violations at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRequestIsCheckedTest {
    private final Client ann = new Client(new World(), "222222222222");

    static List<Contracts.Route> routes() {
        return Contracts.routes();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void an_unknown_parameter_is_refused(Contracts.Route route) {
        var answer = ann.call(route.method(), route.path(), route.examples(), Map.of("colour", "red"), body(route));

        assertThat(codes(Client.json(400, answer))).containsExactly("UnknownParameter colour");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_malformed_variable_of_the_path_is_refused_with_its_own_code(Contracts.Route route) {
        for (var name : route.examples().keySet()) {
            var variables = route.examples().entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, entry -> entry.getKey().equals(name) ? "x-1" : entry.getValue()));
            var answer = ann.call(route.method(), route.path(), variables, Map.of("colour", "red"), body(route));
            var kind = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            var account = name.equals("accountId");

            assertThat(codes(Client.json(account ? 400 : 404, answer)))
                    .containsExactly(
                            "Invalid" + kind + (account ? ".Malformed " : ".NotFound ") + name,
                            "UnknownParameter colour");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void an_unknown_field_of_the_body_is_refused(Contracts.Route route) {
        var answer = ann.call(route.method(), route.path(), route.examples(), Map.of("colour", "red"), "{\"size\": 3}");

        assertThat(codes(Client.json(400, answer))).contains("UnknownParameter colour", "UnknownParameter size");
    }

    private static String body(Contracts.Route route) {
        return route.bodyExample();
    }

    private static List<String> codes(JsonNode problem) {
        return StreamSupport.stream(problem.path("violations").spliterator(), false)
                .map(violation -> violation.path("code").asText() + " "
                        + violation.path("field").asText())
                .toList();
    }
}
