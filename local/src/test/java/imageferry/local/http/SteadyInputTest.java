package imageferry.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadyInputTest {
    private long nanos;

    @Test
    void a_slow_but_steady_body_passes_after_any_time() throws Exception {
        var body = new SteadyInput(new ByteArrayInputStream(new byte[4 << 20]), () -> nanos);

        assertThat(readAll(body, 8192, Duration.ofSeconds(8))).isEqualTo(4 << 20);
        assertThat(Duration.ofNanos(nanos)).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void a_client_that_sends_nothing_is_closed() {
        var body = new SteadyInput(new ByteArrayInputStream(new byte[1 << 20]), () -> nanos);

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> readAll(body, 1, Duration.ofSeconds(5)));
        assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    @Test
    void a_small_body_may_be_late() throws Exception {
        var body = new SteadyInput(new ByteArrayInputStream(new byte[6]), () -> nanos);

        assertThat(readAll(body, 1, Duration.ofSeconds(5))).isEqualTo(6);
    }

    private long readAll(InputStream body, int step, Duration pause) throws Exception {
        var all = 0L;
        for (var read = body.read(new byte[step]); read >= 0; read = body.read(new byte[step])) {
            all += read;
            nanos += pause.toNanos();
        }
        return all;
    }
}
