package imageferry.local.machine;

import static imageferry.local.machine.Bench.cause;
import static imageferry.local.machine.Bench.error;
import static imageferry.local.machine.Bench.output;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.machine.definition.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine that deploys runs here as it is. */
@Timeout(60)
class ShippedMachineTest {

    @TempDir
    Path folder;

    private Shipped shipped;

    @BeforeEach
    void aShippedMachine() throws IOException {
        shipped = new Shipped();
    }

    private Bench open() {
        return shipped.open(folder);
    }

    @Test
    void a_copy_is_made() throws Exception {
        try (var bench = open()) {
            assertThat(output(bench.run("{\"copyId\":\"c-1\"}"))).isEqualTo(Json.read("{\"copyId\":\"c-1\"}"));
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
        try (var bench = open()) {
            shipped.functions().with("RequestSlotFunction", it -> {
                bench.executions.sendTaskFailure(
                        it.path("taskToken").asText(), Optional.of("CopyCancelled"), Optional.of("by its owner"));
                return FakeFunctions.answer("{}");
            });
            var end = bench.run("{\"copyId\":\"c-1\"}");

            assertThat(error(end)).isEqualTo("CopyCancelled");
            assertThat(cause(end)).isEqualTo("by its owner");
        }
    }

    @Test
    void a_broken_part_is_settled_with_its_reason() throws Exception {
        shipped.functions()
                .with("CopySnapshotPartsFunction", it -> FakeFunctions.error("SnapshotCorrupt", "part 7"))
                .with("SettleCopyFunction", it -> FakeFunctions.answer("{\"copyId\":\"c-1\",\"status\":\"Failed\"}"));
        try (var bench = open()) {
            var end = bench.run("{\"copyId\":\"c-1\"}");

            assertThat(error(end)).isEqualTo("SnapshotCorrupt");
            assertThat(cause(end)).contains("part 7");
        }
    }

    @Test
    void thousands_can_be_parked() throws Exception {
        var parked = new CountDownLatch(2_000);
        try (var bench = open()) {
            shipped.functions().with("RequestSlotFunction", it -> {
                parked.countDown();
                return FakeFunctions.answer("{}");
            });
            for (int i = 0; i < 2_000; i++) {
                bench.executions.start("c-" + i, "{\"copyId\":\"c-" + i + "\"}");
            }
            parked.await();

            assertThat(bench.executions.list())
                    .hasSize(2_000)
                    .allMatch(execution -> execution.status() == ExecutionStatus.RUNNING);
        }
    }
}
