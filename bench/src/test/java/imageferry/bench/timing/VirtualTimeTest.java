package imageferry.bench.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void an_hour_of_sleep_is_an_hour_of_virtual_time_and_no_real_time() throws Exception {
        assertThat(time.run(() -> time.sleep(Duration.ofHours(1)))).isEqualTo(Duration.ofHours(1));
        assertThat(time.nanos()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void parallel_sleepers_wake_in_the_order_of_their_times() throws Exception {
        var woken = Collections.synchronizedList(new ArrayList<Integer>());

        var taken = time.run(() -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                threads.invokeAll(Stream.of(3, 1, 2)
                        .map(seconds -> (Callable<Boolean>) () -> {
                            time.sleep(Duration.ofSeconds(seconds));
                            return woken.add(seconds);
                        })
                        .toList());
            }
        });

        assertThat(woken).containsExactly(1, 2, 3);
        assertThat(taken).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_thread_that_waits_for_a_permit_continues_when_it_is_released() throws Exception {
        var permits = new Semaphore(1);
        Callable<String> turn = () -> {
            permits.acquire();
            time.sleep(Duration.ofMillis(10));
            permits.release();
            return "";
        };

        var taken = time.run(() -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                threads.invokeAll(Collections.nCopies(1_000, turn));
            }
        });

        assertThat(taken).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void an_exception_of_the_body_is_thrown_on() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> time.run(() -> {
                    throw new IllegalStateException("Broken");
                }))
                .withMessage("Broken");
    }
}
