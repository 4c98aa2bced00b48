package imageferry.local.machine;

import static imageferry.local.machine.RunningMachine.cause;
import static imageferry.local.machine.RunningMachine.error;
import static imageferry.local.machine.RunningMachine.output;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped machine runs here unchanged. */
@Timeout(60)
class ShippedMachineTest {
    @TempDir
    Path folder;

    private ShippedMachine shipped;

    @BeforeEach
    void aShippedMachine() throws IOException {
        shipped = new ShippedMachine();
    }

    private RunningMachine open() {
        return shipped.open(folder);
    }

    @Test
    void a_copy_is_made() throws Exception {
        try (var running = open()) {
            assertThat(output(running.run("{\"copyId\":\"c-1\"}"))).isEqualTo(Json.read("{\"copyId\":\"c-1\"}"));
            assertThat(shipped.functions().calls)
                    .extracting(FakeFunctions.Call::function)
                    .startsWith("ValidateCopyFunction", "RequestSlotFunction", "StartSnapshotCopyFunction")
                    .endsWith("CompleteSnapshotCopyFunction", "CreateImageFunction", "ShareImageFunction")
                    .doesNotContain("SettleCopyFunction")
                    .hasSize(10);
        }
    }

    @Test
    void a_cancel_while_it_waits_is_settled() throws Exception {
        shipped.functions()
                .with(
                        "SettleCopyFunction",
                        it -> FakeFunctions.answer("{\"copyId\":\"c-1\",\"status\":\"Cancelled\"}"));
        try (var running = open()) {
            shipped.functions().with("RequestSlotFunction", it -> {
                running.executions.sendTaskFailure(it.path("taskToken").asText(), "CopyCancelled", "by its owner");
                return FakeFunctions.answer("{}");
            });
            var end = running.run("{\"copyId\":\"c-1\"}");

            assertThat(error(end)).isEqualTo("CopyCancelled");
            assertThat(cause(end)).isEqualTo("by its owner");
        }
    }

    @Test
    void a_broken_part_is_settled_with_its_reason() throws Exception {
        shipped.functions()
                .with("CopySnapshotPartsFunction", it -> FakeFunctions.error("SnapshotCorrupt", "part 7"))
                .with("SettleCopyFunction", it -> FakeFunctions.answer("{\"copyId\":\"c-1\",\"status\":\"Failed\"}"));
        try (var running = open()) {
            var end = running.run("{\"copyId\":\"c-1\"}");

            assertThat(error(end)).isEqualTo("SnapshotCorrupt");
            assertThat(cause(end)).contains("part 7");
        }
    }

    @Test
    void thousands_can_be_parked() throws Exception {
        var parked = new CountDownLatch(2_000);
        try (var running = open()) {
            shipped.functions().with("RequestSlotFunction", it -> {
                parked.countDown();
                return FakeFunctions.answer("{}");
            });
            for (var i = 0; i < 2_000; i++) {
                running.executions.start("c-" + i, "{\"copyId\":\"c-" + i + "\"}");
            }
            parked.await();

            assertThat(running.executions.list())
                    .hasSize(2_000)
                    .allMatch(execution -> execution.status() == ExecutionStatus.RUNNING);
        }
    }
}
