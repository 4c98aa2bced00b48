package imageferry.local.prove;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs the steps one after the other, and always the removal at the end. An interruption of the thread ends the current
 * step and skips the others, but not the removal.
 *
 * @param console gets one line before and one after each step
 */
record Proof(List<Step> steps, Step removal, InstantSource clock, Consumer<String> console) {
    /** Returns one entry for each step, and the removal's as the last one. */
    List<Entry> run() {
        var entries = new ArrayList<Entry>();
        var interrupted = false;
        for (var step : steps) {
            interrupted |= Thread.interrupted();
            entries.add(interrupted ? notRun(step) : ran(step));
        }
        entries.add(removed());
        // An interrupted thread could not write the report.
        var _ = Thread.interrupted();
        return entries;
    }

    private static Entry notRun(Step step) {
        return new Entry(
                step.name(), step.asked(), new Outcome.Skipped("The run was interrupted before."), Duration.ZERO);
    }

    /** Runs the removal on a thread of its own, which no interruption reaches. */
    private Entry removed() {
        return CompletableFuture.supplyAsync(
                        () -> ran(removal),
                        task -> Thread.ofPlatform().name("removal").start(task))
                .join();
    }

    private Entry ran(Step step) {
        console.accept(step.name() + " ...");
        var start = clock.instant();
        var outcome = outcome(step);
        var duration = Duration.between(start, clock.instant());
        console.accept("  " + outcome.word() + ": " + outcome.text());
        return new Entry(step.name(), step.asked(), outcome, duration);
    }

    private static Outcome outcome(Step step) {
        try {
            return step.run();
        } catch (NotReady missing) {
            return new Outcome.Skipped(String.valueOf(missing.getMessage()));
        } catch (InterruptedException ctrlC) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("The run was interrupted.");
        } catch (Exception | AssertionError trouble) {
            // The SDK reports an interruption by an exception of its own, and keeps or clears the flag.
            var message = trouble.getMessage();
            return new Outcome.Failed(message == null ? trouble.toString() : message);
        }
    }
}
