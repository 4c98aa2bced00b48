package imageferry.bench.start;

import imageferry.snapshot.PartPlan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Starts functions in separate JVMs with only Lambda's runtime interface client on the class path. */
final class Sandbox {
    private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final List<String> CLIENT = List.of(
            "aws-lambda-java-runtime-interface-client",
            "aws-lambda-java-core",
            "aws-lambda-java-serialization",
            "utils-lite",
            "annotations");
    /** JVM options of Lambda's java25 runtime for a function without SnapStart: the C1 compiler alone, and the serial collector. */
    static final List<String> LAMBDA_JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final long LONGEST_SECONDS = 180;

    private final Path taskRoot;
    private final PartPlan plan;
    private final String classPath;

    /** @param taskRoot the folder with the contents of functions.zip */
    Sandbox(Path taskRoot) {
        this(taskRoot, StubServices.SMALL);
    }

    /** @param plan of the disk that the functions can copy */
    Sandbox(Path taskRoot, PartPlan plan) {
        this.taskRoot = taskRoot;
        this.plan = plan;
        this.classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> Path.of(jar).toAbsolutePath())
                .filter(jar -> CLIENT.stream()
                        .anyMatch(name -> jar.getFileName().toString().startsWith(name + "-")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @throws IllegalStateException when the function fails; the message has its error and its output */
    Start start(MeasuredFunction function, List<String> jvmOptions) throws IOException, InterruptedException {
        try (var services = new StubServices(plan);
                var api = new RuntimeApi()) {
            var output = Files.createTempFile("imageferry-start", ".log");
            var builder = builder(function, jvmOptions, services, api).redirectOutput(output.toFile());
            var began = System.nanoTime();
            var process = builder.start();
            var _ = process.onExit().thenRun(api::gone);
            try {
                var events = function.events().of(services);
                var ready = within(api.ready());
                var first = answered(function, api.call(events.getFirst()));
                var processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
                var second = answered(function, api.call(events.getLast()));
                return new Start((ready - began) / 1e6, first, second, processor.toMillis());
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(
                        "%s did not start: %s%nIt printed: %s".formatted(function.name(), e, Files.readString(output)),
                        e);
            } finally {
                process.destroy();
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                Files.delete(output);
            }
        }
    }

    private ProcessBuilder builder(
            MeasuredFunction function, List<String> jvmOptions, StubServices services, RuntimeApi api) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath, RUNTIME, function.entry()));
        var builder = new ProcessBuilder(command).directory(taskRoot.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.clear();
        environment.putAll(services.environment());
        environment.put("LAMBDA_TASK_ROOT", taskRoot.toString());
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        environment.put("_HANDLER", function.entry());
        return builder;
    }

    /** Returns the time of the call in milliseconds. */
    private static double answered(MeasuredFunction function, RuntimeApi.Call call)
            throws InterruptedException, ExecutionException, TimeoutException {
        var answer = within(call.answer()).text();
        if (!answer.replace("\\", "").contains(function.answer())) {
            throw new IllegalStateException(function.name() + " answered " + answer);
        }
        return call.nanos() / 1e6;
    }

    private static <T> T within(Future<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
}
