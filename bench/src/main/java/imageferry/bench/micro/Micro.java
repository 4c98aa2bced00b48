package imageferry.bench.micro;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all of JMH's benchmarks here. */
public final class Micro {
    static final String ALL = Micro.class.getPackageName() + "\\..*";

    private Micro() {}

    /** Takes about 3 minutes, and prints as JMH prints. */
    public static void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ALL)
                        .forks(2)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run();
    }
}
