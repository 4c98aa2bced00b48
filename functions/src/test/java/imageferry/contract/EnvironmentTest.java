package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.function.App;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The template gives each function exactly the variables that it needs: it does not start if one is missing. */
class EnvironmentTest {
    private static final Map<String, String> OF_LAMBDA = Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "key",
            "AWS_SECRET_ACCESS_KEY", "secret");

    private static final Map<String, String> SAMPLES = Map.of(
            "INSTALLATION", "golden-dev",
            "OPERATOR_ACCOUNT", "111111111111",
            "ALLOWED_CALLERS", "111111111111,222222222222",
            "APPROVER_ARNS", "*",
            "REGIONS", "us-east-1,eu-west-1",
            "ACCOUNT_REGIONAL_BUCKETS", "none");

    @Test
    void every_function_starts_with_the_variables_of_the_template() {
        Shipped.functions()
                .keySet()
                .forEach(function -> assertThat(started(function, told(function)))
                        .as(function)
                        .isNotNull());
    }

    @Test
    void no_function_starts_without_one_of_its_variables() {
        Shipped.functions()
                .keySet()
                .forEach(function -> told(function).keySet().forEach(variable -> {
                    var rest = told(function);
                    rest.remove(variable);

                    assertThatExceptionOfType(IllegalStateException.class)
                            .as(function + " without " + variable)
                            .isThrownBy(() -> started(function, rest))
                            .withMessageContaining(variable);
                }));
    }

    /** It exists for sam local, which passes only the variables that the template names. */
    @Test
    void only_endpoints_of_services_are_not_set_in_the_cloud() {
        Shipped.eachObject(
                Shipped.TEMPLATE,
                (path, node) -> node.path("Variables").properties().stream()
                        .filter(variable -> isNothing(variable.getValue()))
                        .forEach(variable -> assertThat(path + "/" + variable.getKey())
                                .isEqualTo("/Globals/Function/Environment/AWS_ENDPOINT_URL")));
    }

    private static Map<String, String> told(String function) {
        var told = new TreeMap<String, String>();
        for (var variables : List.of(
                Shipped.TEMPLATE.at("/Globals/Function/Environment/Variables"),
                Shipped.functions().get(function).at("/Environment/Variables"))) {
            variables.properties().stream()
                    .filter(variable -> !isNothing(variable.getValue()))
                    .forEach(variable -> told.put(variable.getKey(), SAMPLES.getOrDefault(variable.getKey(), "1")));
        }
        return told;
    }

    private static boolean isNothing(JsonNode value) {
        return value.path("Ref").asText().equals("AWS::NoValue");
    }

    private static Object started(String function, Map<String, String> told) {
        var environment = new HashMap<>(OF_LAMBDA);
        environment.putAll(told);
        return ScopedValue.where(App.ENVIRONMENT, environment).call(() -> {
            try {
                return Class.forName("imageferry.function." + function)
                        .getConstructor()
                        .newInstance();
            } catch (InvocationTargetException refused) {
                throw (RuntimeException) refused.getCause();
            } catch (ReflectiveOperationException noHandler) {
                throw new LinkageError(function, noHandler);
            }
        });
    }
}
