package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.copying.Executions;
import imageferry.copying.Reason;
import imageferry.copying.Wake;
import imageferry.function.error.CopyCancelled;
import imageferry.id.CopyId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** An execution has the name of its copy, and a token that no task waits for counts as delivered. */
class SfnExecutionsTest {
    private static final CopyId COPY = new CopyId("c-goldencopytoeurop");
    private static final Wake WAKE = new Wake(Wake.Parking.SLOT, "secret");

    private final Recorded client = new Recorded();
    private final SfnExecutions executions =
            new SfnExecutions(client, "arn:aws:states:us-east-1:111111111111:stateMachine:CopyImage");

    @Test
    void an_execution_has_the_name_of_its_copy_and_no_other_input() {
        executions.start(COPY);

        assertThat(client.requests)
                .containsExactly(StartExecutionRequest.builder()
                        .stateMachineArn("arn:aws:states:us-east-1:111111111111:stateMachine:CopyImage")
                        .name("c-goldencopytoeurop")
                        .input("{\"copyId\":\"c-goldencopytoeurop\"}")
                        .build());
    }

    @Test
    void starting_twice_does_no_harm() {
        client.failure = ExecutionAlreadyExistsException.builder().build();

        assertThatCode(() -> executions.start(COPY)).doesNotThrowAnyException();
    }

    @Test
    void an_execution_is_running_succeeded_failed_or_unknown() {
        client.status = ExecutionStatus.RUNNING;
        assertThat(executions.state(COPY)).isEqualTo(Executions.State.RUNNING);
        client.status = ExecutionStatus.SUCCEEDED;
        assertThat(executions.state(COPY)).isEqualTo(Executions.State.SUCCEEDED);
        client.status = ExecutionStatus.TIMED_OUT;
        assertThat(executions.state(COPY)).isEqualTo(Executions.State.FAILED);
        client.failure = ExecutionDoesNotExistException.builder().build();
        assertThat(executions.state(COPY)).isEqualTo(Executions.State.ABSENT);

        assertThat(client.requests.getFirst())
                .isEqualTo(DescribeExecutionRequest.builder()
                        .executionArn("arn:aws:states:us-east-1:111111111111:execution:CopyImage:c-goldencopytoeurop")
                        .build());
    }

    @Test
    void a_stop_carries_an_error_that_the_state_machine_knows_and_its_reason() {
        executions.stop(COPY, WAKE, new Reason("CopyCancelled", "Cancelled by ann"));

        assertThat(client.requests)
                .containsExactly(SendTaskFailureRequest.builder()
                        .taskToken("secret")
                        .error(CopyCancelled.class.getName())
                        .cause("CopyCancelled: Cancelled by ann")
                        .build());
    }

    @ParameterizedTest
    @MethodSource("spentTokens")
    void a_token_without_a_waiting_task_counts_as_delivered(SfnException spent) {
        client.failure = spent;

        assertThatCode(() -> executions.go(COPY, WAKE)).doesNotThrowAnyException();
        assertThatCode(() -> executions.stop(COPY, WAKE, new Reason("CopyCancelled", "why")))
                .doesNotThrowAnyException();
    }

    @Test
    void an_outage_does_not_count_as_delivered() {
        client.failure = (SfnException) SfnException.builder().message("busy").build();

        assertThatThrownBy(() -> executions.go(COPY, WAKE)).isSameAs(client.failure);
    }

    static List<SfnException> spentTokens() {
        return List.of(
                TaskTimedOutException.builder().build(),
                TaskDoesNotExistException.builder().build(),
                InvalidTokenException.builder().build());
    }

    /** Records the requests, and answers or fails as set. */
    private static final class Recorded implements SfnClient {
        final List<Object> requests = new ArrayList<>();
        ExecutionStatus status = ExecutionStatus.RUNNING;
        SfnException failure;

        @Override
        public StartExecutionResponse startExecution(StartExecutionRequest request) {
            return answer(request, () -> StartExecutionResponse.builder().build());
        }

        @Override
        public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
            return answer(
                    request,
                    () -> DescribeExecutionResponse.builder().status(status).build());
        }

        @Override
        public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
            return answer(request, () -> SendTaskSuccessResponse.builder().build());
        }

        @Override
        public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
            return answer(request, () -> SendTaskFailureResponse.builder().build());
        }

        private <T> T answer(Object request, Supplier<T> answer) {
            requests.add(request);
            if (failure != null) {
                throw failure;
            }
            return answer.get();
        }

        @Override
        public String serviceName() {
            return "states";
        }

        @Override
        public void close() {}
    }
}
