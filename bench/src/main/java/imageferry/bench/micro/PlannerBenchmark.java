package imageferry.bench.micro;

import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.PartPlanner;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Plan and batches of a copy, computed once at its start, and the ranges, computed by each worker. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlannerBenchmark {
    /** Sizes of one part, of the median image, and of the largest object that S3 holds. */
    @Param({"1", "42949672960", "53687091200000"})
    public long sizeBytes;

    private PartPlanner planner = new PartPlanner(40);
    private PartPlan plan = new PartPlan(1, 5L << 20);

    @Setup
    public void cut() {
        planner = new PartPlanner(40);
        plan = planner.plan(sizeBytes);
    }

    @Benchmark
    public PartPlan plan() {
        return planner.plan(sizeBytes);
    }

    @Benchmark
    public PartPlan planOfNewVersion() {
        return planner.plan(sizeBytes, 64L << 20);
    }

    @Benchmark
    public List<PartBatch> batches() {
        return plan.batches().toList();
    }

    /** Sums the last bytes of the ranges, so that the JVM cannot leave out a range. */
    @Benchmark
    public long ranges() {
        return plan.numbers()
                .mapToObj(plan::rangeOf)
                .flatMap(range -> range.stream())
                .mapToLong(range -> range.last())
                .sum();
    }
}
