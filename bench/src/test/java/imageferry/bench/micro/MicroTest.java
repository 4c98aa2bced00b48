package imageferry.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each benchmark once. */
class MicroTest {
    @Test
    void every_benchmark_runs() throws RunnerException {
        var runs = new Runner(new OptionsBuilder()
                        .include(Micro.ALL)
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        assertThat(runs.stream().map(run -> run.getParams().getBenchmark()).distinct())
                .containsExactlyInAnyOrderElementsOf(benchmarks());
    }

    private static Iterable<String> benchmarks() {
        return Stream.of(PlannerBenchmark.class, EventBenchmark.class)
                .flatMap(type -> Arrays.stream(type.getMethods())
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .map(method -> type.getName() + "." + method.getName()))
                .toList();
    }
}
