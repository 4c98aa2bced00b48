package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Guards against a misspelt error name in a Retry, which would never match. */
class ErrorNameTest {
    private static final Set<String> RESERVED = Set.of(
            "States.ALL",
            "States.TaskFailed",
            "States.Timeout",
            // The names of the Lambda integration, and those of Lambda's runtime for a lost function.
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Sandbox.Timedout",
            "Runtime.ExitError");

    @Test
    void every_error_name_is_reserved_or_an_exception_of_ours() {
        var ours = new TreeSet<String>();
        Shipped.eachObject(Shipped.MACHINE, (path, node) -> {
            node.path("ErrorEquals").forEach(error -> ours.add(error.asText()));
            var told = node.path("Error");
            if (told.isTextual() && !told.asText().startsWith("{%")) {
                ours.add(told.asText());
            }
        });
        ours.removeAll(RESERVED);

        assertThat(ours).isNotEmpty().allSatisfy(name -> {
            var type = Class.forName(name);
            assertThat(type).isAssignableTo(RuntimeException.class);
            assertThat(type.getPackageName()).isEqualTo("imageferry.function.error");
        });
    }

    @Test
    void all_is_the_only_error_and_comes_last() {
        Shipped.eachObject(Shipped.MACHINE, (path, node) -> {
            for (var list : new JsonNode[] {node.path("Retry"), node.path("Catch")}) {
                for (var i = 0; i < list.size(); i++) {
                    var errors = list.get(i).get("ErrorEquals").toString();
                    assertThat(!errors.contains("States.ALL")
                                    || (i == list.size() - 1 && errors.equals("[\"States.ALL\"]")))
                            .as(path)
                            .isTrue();
                }
            }
        });
    }
}
