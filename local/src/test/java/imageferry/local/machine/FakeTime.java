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

/** A clock that stands until it is told to go on, with the timers that hang on it. */
final class FakeTime extends Clock implements Timers {

    /** The number tells two alarms of the same time apart. */
    private record Alarm(long number, Instant time, Runnable action) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private long created;
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @Override
    public synchronized Timer at(Instant time, Runnable action) {
        var alarm = new Alarm(created++, time, action);
        alarms.add(alarm);
        notifyAll();
        return () -> cancel(alarm);
    }

    private synchronized void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    /** Waits until somebody waits for a time, goes there, and says how far it was. */
    Duration goToNextAlarm() throws InterruptedException {
        Alarm next;
        Duration far;
        synchronized (this) {
            while (alarms.isEmpty()) {
                wait();
            }
            next = alarms.stream().min(Comparator.comparing(Alarm::time)).orElseThrow();
            alarms.remove(next);
            far = Duration.between(now, next.time());
            now = next.time().isAfter(now) ? next.time() : now;
        }
        next.action().run();
        return far;
    }

    /** Waits until somebody waits for that time. */
    synchronized void awaitAlarmAt(Instant time) throws InterruptedException {
        while (alarms.stream().noneMatch(alarm -> alarm.time().equals(time))) {
            wait();
        }
    }

    /** Goes to the next alarm that is due within that time, if there is one now. */
    boolean goIfDueWithin(Duration limit) {
        Optional<Alarm> due;
        synchronized (this) {
            due = alarms.stream()
                    .filter(alarm -> !alarm.time().isAfter(now.plus(limit)))
                    .min(Comparator.comparing(Alarm::time));
            due.ifPresent(alarm -> {
                alarms.remove(alarm);
                now = alarm.time().isAfter(now) ? alarm.time() : now;
            });
        }
        due.ifPresent(alarm -> alarm.action().run());
        return due.isPresent();
    }

    synchronized void advance(Duration duration) {
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
