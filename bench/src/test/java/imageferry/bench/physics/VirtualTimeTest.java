package imageferry.bench.physics;

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
    void an_hour_of_sleep_is_an_hour_and_takes_none() throws Exception {
        assertThat(time.run(() -> time.sleep(Duration.ofHours(1)))).isEqualTo(Duration.ofHours(1));
        assertThat(time.nanos()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void those_who_sleep_side_by_side_wake_in_the_order_of_their_times() throws Exception {
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
    void who_waits_for_a_permit_goes_on_at_the_moment_it_is_given() throws Exception {
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
    void what_its_body_throws_is_thrown() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> time.run(() -> {
                    throw new IllegalStateException("Broken");
                }))
                .withMessage("Broken");
    }
}
