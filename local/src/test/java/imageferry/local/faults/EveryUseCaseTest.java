package imageferry.local.faults;

import static imageferry.local.ledger.DynamoDbFaults.conflict;
import static imageferry.local.ledger.DynamoDbFaults.lostReply;
import static imageferry.local.ledger.DynamoDbFaults.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.fault.EveryCrashPoint;
import imageferry.fault.Plan;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Crash anywhere, retry anything: each use case, at each of its calls. */
@Tag("slow")
final class EveryUseCaseTest {
    private static final EmptyTable TABLE = new EmptyTable();

    static Stream<Scenario> acts() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("acts")
    void ends_the_same_when_it_is_run_again_after_a_crash_before_or_after_any_call(Scenario act) {
        var expected = Summary.of(undisturbed(act).books());

        var crashes = EveryCrashPoint.check(
                () -> new ScenarioRun(TABLE, act),
                ScenarioRun::act,
                stage -> {
                    stage.books().agree();
                    stage.act();
                },
                stage -> {
                    var books = stage.books();
                    books.agree();
                    assertThat(Summary.of(books)).isEqualTo(expected);
                });

        assertThat(crashes).isPositive();
    }

    @ParameterizedTest
    @MethodSource("acts")
    void succeeds_once_when_any_call_is_throttled_in_conflict_and_loses_its_reply(Scenario act) {
        var undisturbed = undisturbed(act);
        var expected = Summary.of(undisturbed.books());

        var calls = undisturbed.calls().made().stream()
                .filter(call -> call.port() == DynamoDbClient.class)
                .count();
        assertThat(calls).isPositive();

        for (var at = 1; at <= calls; at++) {
            var stage = new ScenarioRun(TABLE, act);
            var faults = Map.of(at, throttled(), at + 1, conflict(), at + 2, lostReply());
            stage.calls().plan(Plan.script(DynamoDbClient.class, faults));

            stage.act();

            var books = stage.books();
            books.agree();
            assertThat(Summary.of(books)).as("from DynamoDB's call " + at).isEqualTo(expected);
        }
    }

    private static ScenarioRun undisturbed(Scenario act) {
        var stage = new ScenarioRun(TABLE, act);
        stage.act();
        stage.books().agree();
        return stage;
    }
}
