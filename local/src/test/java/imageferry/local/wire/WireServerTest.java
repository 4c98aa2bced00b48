package imageferry.local.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.local.machine.MachineName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** The SDK's own clients accept the loopback server as AWS. */
@Timeout(60)
class WireServerTest {
    private static final MachineName NAME = WireFixture.NAME;

    @TempDir
    Path folder;

    private WireFixture rig;
    private SfnClient sfn;

    @BeforeEach
    void aServer() throws Exception {
        rig = new WireFixture(folder);
        sfn = rig.sfn("GOOD", Region.US_EAST_1);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private String start(String name) {
        return sfn.startExecution(r -> r.stateMachineArn(NAME.arn()).name(name).input("{\"a\":1}"))
                .executionArn();
    }

    @Test
    void an_execution_is_started_woken_and_described() throws Exception {
        var arn = start("c-1");
        var token = rig.token();
        assertThat(sfn.describeExecution(r -> r.executionArn(arn)).status()).isEqualTo(ExecutionStatus.RUNNING);

        sfn.sendTaskSuccess(r -> r.taskToken(token).output("{\"ok\":true}"));
        rig.executions.ended(arn).get(20, TimeUnit.SECONDS);

        var described = sfn.describeExecution(r -> r.executionArn(arn));
        assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(described.output()).isEqualTo("{\"ok\":true}");
        assertThat(described.input()).isEqualTo("{\"a\":1}");
        assertThat(described.stopDate()).isAfterOrEqualTo(described.startDate());
        assertThat(described.stateMachineArn()).isEqualTo(NAME.arn());
        assertThatThrownBy(() -> start("c-1")).isInstanceOf(ExecutionAlreadyExistsException.class);
        assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken(token).output("1")))
                .isInstanceOf(TaskTimedOutException.class);
    }

    @Test
    void a_failure_arrives_with_error_and_cause() throws Exception {
        var arn = start("c-1");
        var token = rig.token();
        sfn.sendTaskFailure(r -> r.taskToken(token).error("CopyCancelled").cause("asked for"));
        rig.executions.ended(arn).get(20, TimeUnit.SECONDS);

        var described = sfn.describeExecution(r -> r.executionArn(arn));
        assertThat(described.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(described.error()).isEqualTo("CopyCancelled");
        assertThat(described.cause()).isEqualTo("asked for");
    }

    @Test
    void errors_are_the_typed_ones() {
        var foreign = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("c-x/" + "0".repeat(48)).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> sfn.describeExecution(r -> r.executionArn(NAME.executionArn("none"))))
                .isInstanceOf(ExecutionDoesNotExistException.class);
        assertThatThrownBy(() -> start("not a name")).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken("x").output("1")))
                .isInstanceOf(InvalidTokenException.class);
        assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken(foreign).output("1")))
                .isInstanceOf(TaskDoesNotExistException.class);
        assertThatThrownBy(() -> sfn.sendTaskSuccess(r -> r.taskToken(foreign).output("{")))
                .isInstanceOf(InvalidOutputException.class);
        assertThatThrownBy(() -> sfn.startExecution(r -> r.stateMachineArn(NAME.arn() + "x")))
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @Test
    void an_operation_that_the_functions_do_not_use_is_refused_by_name() {
        assertThatThrownBy(() -> sfn.listStateMachines())
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"))
                .hasMessageContaining("AWSStepFunctions.ListStateMachines");
    }

    @Test
    void a_key_without_rights_is_denied() {
        var other = rig.sfn("LOCALOther", Region.US_EAST_1);

        assertThatThrownBy(() -> other.startExecution(r -> r.stateMachineArn(NAME.arn())))
                .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(e.statusCode()).isEqualTo(400);
                })
                .hasMessageContaining("LOCALOther may not states:StartExecution on " + NAME.arn());
        assertThatThrownBy(() -> rig.events("LOCALOther", Region.US_EAST_1).putEvents(r -> r.entries(entry("{}"))))
                .hasMessageContaining("may not events:PutEvents on " + WireFixture.BUS);
        assertThat(rig.executions.list()).isEmpty();
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void in_another_region_nothing_exists() {
        var elsewhere = rig.sfn("GOOD", Region.EU_WEST_1);
        var arn = start("c-1");

        assertThatThrownBy(() -> elsewhere.startExecution(r -> r.stateMachineArn(NAME.arn())))
                .isInstanceOf(StateMachineDoesNotExistException.class);
        assertThatThrownBy(() -> elsewhere.describeExecution(r -> r.executionArn(arn)))
                .isInstanceOf(ExecutionDoesNotExistException.class);
        assertThatThrownBy(() -> rig.events("GOOD", Region.EU_WEST_1).putEvents(r -> r.entries(entry("{}"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private static PutEventsRequestEntry entry(String detail) {
        return PutEventsRequestEntry.builder()
                .eventBusName("imageferry")
                .source("imageferry")
                .detailType("Copy State Change")
                .detail(detail)
                .build();
    }

    @Test
    void events_are_forwarded_and_recorded_and_a_bad_one_is_reported() {
        var answer = rig.events("GOOD", Region.US_EAST_1)
                .putEvents(r -> r.entries(entry("{\"copyId\":\"c-1\"}"), entry("no json")));

        assertThat(answer.failedEntryCount()).isEqualTo(1);
        assertThat(answer.entries().get(1).errorCode()).isEqualTo("MalformedDetail");
        assertThat(rig.heard).hasSize(1).isEqualTo(rig.bus.last());
        assertThat(rig.heard.getFirst())
                .returns("imageferry", BusEvent::bus)
                .returns("Copy State Change", BusEvent::detailType)
                .returns("{\"copyId\":\"c-1\"}", BusEvent::detail)
                .returns(answer.entries().get(0).eventId(), BusEvent::id);
    }
}
