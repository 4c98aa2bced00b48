package imageferry.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.local.localstack.LocalStack;
import imageferry.local.localstack.OnLocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our runner and LocalStack's Step Functions have the same result in each case. Differences are listed with their
 * reasons.
 */
@OnLocalStack
@Tag("full")
class StepFunctionsLocalStackTest {
    /** Each execution at the same time needs a container of its own for the function. */
    private static final int AT_ONCE = 3;

    /** The tolerance for a pause of LocalStack: its timers count milliseconds, and its machine may be busy. */
    private static final Duration TOO_EARLY = Duration.ofMillis(100);

    private static final Duration TOO_LATE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static Engine runner;
    private static Engine localStack;
    private static ExecutorService threads;
    private static Map<Case, Future<CaseResult>> there;

    @BeforeAll
    static void runAllThere(LocalStack cloud) throws Exception {
        runner = new RunnerEngine(folder);
        localStack = new LocalStackEngine(cloud);
        threads = Executors.newFixedThreadPool(AT_ONCE);
        there = Cases.all().stream()
                .collect(Collectors.toMap(Function.identity(), one -> threads.submit(() -> localStack.run(one))));
    }

    @AfterAll
    static void close() {
        threads.shutdownNow();
        runner.close();
        localStack.close();
    }

    static List<Case> alike() {
        return Cases.all().stream().filter(one -> one.difference().isEmpty()).toList();
    }

    static List<Case> unlike() {
        return Cases.all().stream().filter(one -> one.difference().isPresent()).toList();
    }

    @ParameterizedTest
    @MethodSource("alike")
    void both_engines_have_the_same_result(Case one) throws Exception {
        var ours = runner.run(one);
        var theirs = there.get(one).get();

        assertThat(ours.withoutPauses()).isEqualTo(theirs.withoutPauses());
        assertThat(theirs.pauses()).hasSameSizeAs(ours.pauses());
        for (var i = 0; i < ours.pauses().size(); i++) {
            var meant = ours.pauses().get(i);
            assertThat(theirs.pauses().get(i)).isBetween(meant.minus(TOO_EARLY), meant.plus(TOO_LATE));
        }
    }

    /** Fails when a difference disappears, which must then leave the table and docs/cloud-truth.md. */
    @ParameterizedTest
    @MethodSource("unlike")
    void both_engines_still_have_different_results(Case one) throws Exception {
        var difference = one.difference().orElseThrow();

        assertThat(runner.run(one).inShort()).isEqualTo(difference.ours());
        var theirs = there.get(one).get().inShort();
        assertThat(difference.theirs())
                .as("One is the beginning of %s", theirs)
                .anyMatch(theirs::startsWith)
                .doesNotContain(difference.ours());
    }
}
