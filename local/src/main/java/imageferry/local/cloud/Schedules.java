package imageferry.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.data.DataDisk;
import imageferry.local.lambda.LambdaService;
import imageferry.local.template.Schedule;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs the template's schedules, each for the first time right after the start: the sweeper repairs what a kill left
 * unfinished.
 */
final class Schedules implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedules").factory());

    Schedules(Collection<Schedule> schedules, Events events, LambdaService lambda, DataDisk disk) {
        for (var schedule : schedules) {
            var _ = clock.scheduleAtFixedRate(
                    () -> {
                        // At a fixed rate, all missed runs of a long outage would run at its end.
                        if (disk.isWritable()) {
                            lambda.invokeLater(schedule.function(), event(schedule, events));
                        }
                    },
                    0,
                    schedule.rate().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private static JsonNode event(Schedule schedule, Events events) {
        var input = schedule.input();
        return input == null ? events.scheduled(schedule, Instant.now()) : input;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
