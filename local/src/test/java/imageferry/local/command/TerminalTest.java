package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions' own threads report failures, and must not wait for the terminal's reader. */
@Timeout(20)
class TerminalTest {
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

    @Test
    void a_stopped_terminal_delays_no_function_and_gets_its_lines_later() throws Exception {
        var failures = LocalCommand.failureLines(this::printSlowly);
        for (var i = 0; i < 2 * Terminal.WAITING; i++) {
            failures.happened("F" + i, "it broke", Path.of("F.log"));
        }
        assertThat(printed).isEmpty();

        goesOn.countDown();

        for (var i = 0; i < Terminal.WAITING; i++) {
            assertThat(printed.poll(10, TimeUnit.SECONDS)).isEqualTo("F" + i + ": it broke (F.log)");
        }
    }

    private void printSlowly(String line) {
        try {
            goesOn.await();
            printed.add(line);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
