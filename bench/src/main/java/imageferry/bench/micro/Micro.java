package imageferry.bench.micro;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all JMH benchmarks of this package. */
public final class Micro {
    static final String ALL = Micro.class.getPackageName() + "\\..*";

    private Micro() {}

    /** Runs for some minutes and prints the report of JMH. */
    public static void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ALL)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run();
    }
}
