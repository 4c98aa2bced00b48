package imageferry.copying;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that changes only when a test sets it. */
public final class TestClock implements InstantSource {
    private Instant now = Instant.parse("2026-11-23T09:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }
}
