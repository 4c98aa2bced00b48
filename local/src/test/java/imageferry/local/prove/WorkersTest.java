package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The concurrency of the copy workers is taken away and given back. */
class WorkersTest {
    private static final String FUNCTION = "prove-a1b2c3-CopySnapshotPartsFunctio-8693c1f5";

    private final RecordedPrograms programs = new RecordedPrograms();

    private Stub lambda(String reserved) throws Exception {
        return new Stub(exchange -> 200, exchange -> switch (exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath()) {
            case "GET /2015-03-31/functions" ->
                "{\"Functions\":[{\"FunctionName\":\"prove-a1b2c3-SweepFunction-1\"},{\"FunctionName\":\"" + FUNCTION
                        + "\"}]}";
            case "GET /2019-09-30/functions/" + FUNCTION + "/concurrency" -> reserved;
            default -> "{}";
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                    | DELETE /2017-10-31/functions/%s/concurrency
            {"ReservedConcurrentExecutions":0}    | DELETE /2017-10-31/functions/%s/concurrency
            {"ReservedConcurrentExecutions":500}  | PUT /2017-10-31/functions/%s/concurrency {"ReservedConcurrentExecutions":500}
            """)
    void the_workers_get_back_what_they_had(String reserved, String last) throws Exception {
        try (var stub = lambda(reserved)) {
            Workers.stopped(stub.installation(programs)).close();

            assertThat(stub.requests())
                    .contains("PUT /2017-10-31/functions/" + FUNCTION
                            + "/concurrency {\"ReservedConcurrentExecutions\":0}")
                    .last()
                    .isEqualTo(last.formatted(FUNCTION));
        }
    }

    @Test
    void without_workers_nothing_is_changed() throws Exception {
        try (var stub = new Stub(exchange -> 200, exchange -> "{\"Functions\":[]}")) {
            assertThatThrownBy(() -> Workers.stopped(stub.installation(programs)))
                    .isInstanceOf(NotReady.class);
            assertThat(stub.requests()).noneMatch(request -> request.startsWith("PUT"));
        }
    }
}
