package imageferry.copying.queue;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.copying.Throughput;
import imageferry.copying.queue.WaitingLine.Waiting;
import imageferry.id.CopyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Slots serve the queue in order, each at 10 bytes a second. */
class QueueForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final AccountId ANN = new AccountId("222222222222");
    private static final AccountId BOB = new AccountId("333333333333");

    @Test
    void with_a_free_slot_the_next_begins_now() {
        assertThat(starts(2, List.of(1_000L), 500)).containsExactly(0L);
    }

    @Test
    void with_all_slots_in_use_the_next_begins_when_the_first_is_freed() {
        assertThat(starts(2, List.of(300L, 100L), 50)).containsExactly(10L);
    }

    @Test
    void a_copy_behind_others_begins_after_their_turns() {
        assertThat(starts(2, List.of(300L, 100L), 50, 50, 500, 10)).containsExactly(10L, 15L, 20L, 30L);
    }

    @Test
    void a_lowered_limit_takes_the_slots_that_are_free_first() {
        assertThat(starts(1, List.of(100L, 200L, 300L), 50, 50)).containsExactly(30L, 35L);
    }

    @Test
    void a_copy_with_all_bytes_delays_no_other() {
        assertThat(starts(1, List.of(0L), 50, 50)).containsExactly(0L, 5L);
    }

    @Test
    void a_start_more_than_a_year_away_is_not_estimated() {
        var year = Duration.ofDays(365).toSeconds();
        var forecast = forecast(SlotLimits.of(1), List.of(running(ANN, 10 * year)));

        assertThat(forecast.starts(List.of(waiting(ANN, 1, 10), waiting(ANN, 2, 10))))
                .extracting(QueueForecast.Start::startsAt)
                .containsExactly(NOW.plusSeconds(year), null);
    }

    @Test
    void at_its_cap_an_account_waits_for_its_own_slot_while_others_pass() {
        var forecast = forecast(new SlotLimits(2, 1), List.of(running(ANN, 500), running(BOB, 100)));

        var starts = forecast.starts(List.of(waiting(ANN, 1, 50), waiting(BOB, 2, 50), waiting(BOB, 3, 50)));

        assertThat(starts).extracting(QueueForecast.Start::copy).containsExactly(id(2), id(3), id(1));
    }

    @Test
    void without_others_an_account_passes_its_cap() {
        var forecast = forecast(new SlotLimits(3, 1), List.of(running(ANN, 500)));

        assertThat(forecast.starts(List.of(waiting(ANN, 1, 50), waiting(ANN, 2, 50))))
                .extracting(QueueForecast.Start::startsAt)
                .containsExactly(NOW, NOW);
    }

    @Test
    void without_a_throughput_the_order_is_estimated_all_the_same() {
        var forecast = new QueueForecast(new SlotLimits(2, 1), List.of(running(ANN, 9), running(BOB, 1)), null, NOW);

        assertThat(forecast.starts(List.of(waiting(ANN, 1, 1), waiting(BOB, 2, 1))))
                .containsExactly(new QueueForecast.Start(id(2), null), new QueueForecast.Start(id(1), null));
    }

    private static QueueForecast forecast(SlotLimits limits, List<QueueForecast.Running> running) {
        return new QueueForecast(limits, running, Throughput.of(10, Duration.ofSeconds(1)), NOW);
    }

    private static QueueForecast.Running running(AccountId owner, long bytesLeft) {
        return new QueueForecast.Running(owner, bytesLeft);
    }

    private static Waiting waiting(AccountId owner, int number, long bytes) {
        return new Waiting(id(number), owner, bytes, "WAIT#" + number);
    }

    private static CopyId id(int number) {
        return new CopyId("c-" + "a".repeat(16) + (char) ('a' + number));
    }

    /** The seconds until each of the waiting copies begins. */
    private static List<Long> starts(long slots, List<Long> bytesLeft, long... waiting) {
        var running = bytesLeft.stream().map(bytes -> running(ANN, bytes)).toList();
        var line = IntStream.range(0, waiting.length)
                .mapToObj(i -> waiting(ANN, i, waiting[i]))
                .toList();
        return forecast(SlotLimits.of(slots), running).starts(line).stream()
                .map(start -> Duration.between(NOW, start.startsAt()).toSeconds())
                .toList();
    }
}
