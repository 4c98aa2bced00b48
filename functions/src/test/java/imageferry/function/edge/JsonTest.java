package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of times as text is their order in time: they always have three digits of milliseconds. */
class JsonTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:15:30.250Z, 2026-11-23T10:15:30.250Z",
        "2026-11-23T10:15:30Z,     2026-11-23T10:15:30.000Z",
        "2026-11-23T10:15:00Z,     2026-11-23T10:15:00.000Z",
        "2026-11-23T00:00:00Z,     2026-11-23T00:00:00.000Z",
        "2026-11-23T10:15:30.1Z,   2026-11-23T10:15:30.100Z",
        "2026-11-23T10:15:30.9999Z, 2026-11-23T10:15:30.999Z",
    })
    void a_time_has_three_digits_of_milliseconds(Instant time, String text) {
        assertThat(Json.text(List.of(time))).isEqualTo("[\"" + text + "\"]");
    }

    @Test
    void the_order_of_texts_is_the_order_of_times() {
        var start = Instant.parse("2026-11-23T10:14:59.998Z");
        var texts = LongStream.range(0, 5)
                .mapToObj(start::plusMillis)
                .map(time -> Json.text(List.of(time)))
                .toList();

        assertThat(texts).isSorted();
    }
}
