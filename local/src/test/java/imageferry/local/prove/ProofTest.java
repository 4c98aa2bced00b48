package imageferry.local.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The order of the steps, and the removal after any of them. */
class ProofTest {
    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    /** A step that returns, throws or interrupts. It takes a minute. */
    private Step step(String name, Callable<Outcome> does) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String asked() {
                return "asked of " + name;
            }

            @Override
            public Outcome run() throws Exception {
                log.add(name);
                now = now.plus(Duration.ofMinutes(1));
                return does.call();
            }
        };
    }

    private Step good(String name) {
        return step(name, () -> new Outcome.Passed(name));
    }

    private List<Entry> run(Step... steps) {
        InstantSource clock = () -> now;
        return new Proof(List.of(steps), good("remove"), clock, _ -> {}).run();
    }

    @Test
    void the_removal_is_the_last_step() {
        assertThat(run(good("deploy"), good("import")))
                .containsExactly(
                        new Entry("deploy", "asked of deploy", new Outcome.Passed("deploy"), Duration.ofMinutes(1)),
                        new Entry("import", "asked of import", new Outcome.Passed("import"), Duration.ofMinutes(1)),
                        new Entry("remove", "asked of remove", new Outcome.Passed("remove"), Duration.ofMinutes(1)));
    }

    @Test
    void a_failure_in_the_middle_stops_neither_the_other_steps_nor_the_removal() {
        var entries = run(
                good("deploy"),
                step("import", () -> {
                    throw new IllegalStateException("no bucket");
                }),
                step("copy", () -> {
                    throw new NotReady("There is no image.");
                }),
                good("cancel"));

        assertThat(log).containsExactly("deploy", "import", "copy", "cancel", "remove");
        assertThat(entries)
                .extracting(Entry::outcome)
                .containsExactly(
                        new Outcome.Passed("deploy"),
                        new Outcome.Failed("no bucket"),
                        new Outcome.Skipped("There is no image."),
                        new Outcome.Passed("cancel"),
                        new Outcome.Passed("remove"));
    }

    @Test
    void an_interruption_ends_the_step_skips_the_others_and_removes_everything() {
        var entries = run(
                good("deploy"),
                step("import", () -> {
                    Thread.currentThread().interrupt();
                    Thread.sleep(Duration.ofMinutes(1));
                    return new Outcome.Passed("never");
                }),
                good("copy"));

        assertThat(log).containsExactly("deploy", "import", "remove");
        assertThat(entries)
                .extracting(Entry::outcome)
                .containsExactly(
                        new Outcome.Passed("deploy"),
                        new Outcome.Failed("The run was interrupted."),
                        new Outcome.Skipped("The run was interrupted before."),
                        new Outcome.Passed("remove"));
    }

    @Test
    void an_interruption_during_the_removal_does_not_reach_it() {
        var worker = Thread.currentThread();
        var removal = step("remove", () -> {
            worker.interrupt();
            Thread.sleep(Duration.ofMillis(1));
            return new Outcome.Passed("removed");
        });

        var entries = new Proof(List.of(), removal, () -> now, _ -> {}).run();

        assertThat(entries.getLast().outcome()).isEqualTo(new Outcome.Passed("removed"));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void the_removal_of_an_interrupted_run_can_wait() {
        var removal = step("remove", () -> {
            Thread.sleep(Duration.ZERO);
            return new Outcome.Passed("removed");
        });
        Thread.currentThread().interrupt();

        var entries = new Proof(List.of(good("deploy")), removal, () -> now, _ -> {}).run();

        assertThat(log).containsExactly("remove");
        assertThat(entries.getLast().outcome()).isEqualTo(new Outcome.Passed("removed"));
        assertThat(Thread.interrupted()).isFalse();
    }
}
