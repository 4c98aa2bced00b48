package imageferry.local.machine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that moves only on request, with the timers that depend on it. */
public final class FakeTime extends Clock implements Timers {
    /** The sequence number orders alarms of the same time. */
    private record Alarm(long number, Instant time, Runnable action) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long created;
    private Duration jump = Duration.ZERO;
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    /** From now on, time jumps over every wait that is not longer than this. */
    public FakeTime jumping(Duration limit) {
        jump = limit;
        return this;
    }

    @Override
    public Timer at(Instant time, Runnable action) {
        if (jumpsTo(time)) {
            action.run();
            return () -> {};
        }
        return note(time, action);
    }

    private synchronized boolean jumpsTo(Instant time) {
        var near = !time.isAfter(now.plus(jump));
        now = near && time.isAfter(now) ? time : now;
        return near;
    }

    private synchronized Timer note(Instant time, Runnable action) {
        var alarm = new Alarm(created++, time, action);
        alarms.add(alarm);
        notifyAll();
        return () -> cancel(alarm);
    }

    private synchronized void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    /** Waits for a pending timer, moves to its time, and returns the distance. */
    public Duration goToNextAlarm() throws InterruptedException {
        Alarm next;
        Duration far;
        synchronized (this) {
            while (alarms.isEmpty()) {
                wait();
            }
            next = earliest().orElseThrow();
            far = Duration.between(now, next.time());
            goTo(next);
        }
        next.action().run();
        return far;
    }

    /** Moves to the earliest timer if it is at most this far away. Waits for none, because a pending one may be cancelled. */
    void goToAlarmWithin(Duration limit) {
        Optional<Alarm> near;
        synchronized (this) {
            near = earliest().filter(next -> !next.time().isAfter(now.plus(limit)));
            near.ifPresent(this::goTo);
        }
        near.ifPresent(next -> next.action().run());
    }

    private Optional<Alarm> earliest() {
        return alarms.stream().min(Comparator.comparing(Alarm::time));
    }

    private void goTo(Alarm next) {
        alarms.remove(next);
        now = next.time().isAfter(now) ? next.time() : now;
    }

    /** The time to the next timer; empty when there is none. */
    public synchronized Optional<Duration> untilNextAlarm() {
        return earliest().map(next -> Duration.between(now, next.time()));
    }

    /** Waits until a timer is set for that time. */
    synchronized void awaitAlarmAt(Instant time) throws InterruptedException {
        while (alarms.stream().noneMatch(alarm -> alarm.time().equals(time))) {
            wait();
        }
    }

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
