package imageferry.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageferry.snapshot.PartPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** functions.zip works under Lambda's own runtime interface client, in a JVM with nothing else on its class path. */
class SandboxTest {
    private static final String S3_CLIENT = "software.amazon.awssdk.services.s3.S3Client";
    private static final String HTTP_POOL = "org.apache.hc";
    private static final String SCHEMAS = "com.networknt";

    /** Prefixes of classes that this function does not need, though others do. */
    private static final Map<String, List<String>> USELESS = Map.of(
            "DescribeImages", List.of(S3_CLIENT, HTTP_POOL, SCHEMAS),
            "CopyImage", List.of(S3_CLIENT, HTTP_POOL),
            "CopySnapshotParts", List.of(SCHEMAS));

    /** Prefixes of classes that no function needs. SDK 2.41 loads the last ones, one for each AWS service. */
    private static final List<String> USELESS_TO_ALL = List.of(
            "software.amazon.awssdk.services.sfn",
            "software.amazon.awssdk.services.eventbridge",
            "software.amazon.awssdk.regions.servicemetadata");

    private static final Pattern LOADED = Pattern.compile("^\\[.*?] (\\S+) source: .*$");

    private static TaskRoot folder;

    @BeforeAll
    static void unpack() throws IOException {
        folder = new TaskRoot(Path.of(System.getProperty("imageferry.home", ".."), "functions/target/functions.zip"));
    }

    @AfterAll
    static void remove() throws IOException {
        folder.close();
    }

    static List<MeasuredFunction> functions() {
        return MeasuredFunction.ALL;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void a_function_does_its_work_twice_and_loads_only_the_needed_classes(MeasuredFunction function) throws Exception {
        var loaded = classesLoadedBy(function);

        assertThat(loaded)
                .contains("imageferry.function." + function.name() + "Function", "imageferry.function.edge.HeadStart")
                .noneMatch(name -> USELESS_TO_ALL.stream().anyMatch(name::startsWith))
                .noneMatch(name -> USELESS.get(function.name()).stream().anyMatch(name::startsWith));
    }

    private static List<String> classesLoadedBy(MeasuredFunction function) throws IOException, InterruptedException {
        var log = Files.createTempFile("imageferry-classes", ".log");
        try {
            var options = new ArrayList<>(Sandbox.LAMBDA_JVM);
            options.add("-Xlog:class+load:file=" + log);
            new Sandbox(folder.path()).start(function, options);
            return Files.readAllLines(log).stream()
                    .map(LOADED::matcher)
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .toList();
        } finally {
            Files.delete(log);
        }
    }

    /** The limits add up to less than 512 MB. A worker that needs more of one kind does not answer. */
    @Test
    void a_worker_copies_ten_thousand_parts_with_all_its_streams_in_less_than_512_mb() throws Exception {
        var plan = new PartPlan(10_000 * (5L << 20), 5L << 20);
        var worker = new MeasuredFunction(
                "CopySnapshotParts",
                services -> List.of(
                        services.batches().getFirst(), services.batches().getFirst()),
                "{\"done\":true}");
        var limits = List.of(
                "-Xmx256m",
                "-XX:MaxMetaspaceSize=96m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+UseSerialGC");

        var start = new Sandbox(folder.path(), plan).start(worker, limits);

        assertThat(start.first()).isGreaterThan(start.second());
    }

    @Test
    void the_output_of_a_function_that_does_not_start_is_reported() {
        var absent = new MeasuredFunction("Absent", services -> List.of("{}", "{}"), "");

        assertThatThrownBy(() -> new Sandbox(folder.path()).start(absent, List.of()))
                .hasMessageContaining("Absent did not start")
                .hasMessageContaining("Class not found: imageferry.function.AbsentFunction");
    }
}
