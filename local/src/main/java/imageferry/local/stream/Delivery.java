package imageferry.local.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.local.lambda.Answer;
import imageferry.local.lambda.Undelivered;
import imageferry.local.template.StreamMapping;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Delivers records to the function in order, until each is done or given up: none is delivered before an earlier failed one.
 * A failed batch is halved if the mapping says so, so that one bad record does not fail good ones.
 *
 * @param writable whether the data disk can be written; until then no batch is tried, and no try is counted
 */
record Delivery(
        StreamMapping mapping,
        Function<byte[], Answer> function,
        Undelivered undelivered,
        BooleanSupplier writable,
        Pause pause,
        Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration WHILE_UNWRITABLE = Duration.ofSeconds(1);

    /** Waits, unless the process ends. */
    interface Pause {
        void forAtMost(Duration time) throws InterruptedException;
    }

    /** Returns when all are done or given up. */
    void deliver(List<StreamRecord> records) throws InterruptedException {
        var pending = records;
        var size = pending.size();
        var retries = 0;
        while (!pending.isEmpty()) {
            var batch = pending.subList(0, size);
            var done = writable.getAsBoolean() ? invoke(batch) : 0;
            if (done == 0 && !writable.getAsBoolean()) {
                pause.forAtMost(WHILE_UNWRITABLE);
                continue;
            }
            if (done > 0) {
                pending = pending.subList(done, pending.size());
                size = Math.max(size - done, done == batch.size() ? pending.size() : 1);
                retries = 0;
            } else if (mapping.bisects() && size > 1 && !tooOld(batch)) {
                size = (size + 1) / 2;
            } else if (exhausted(retries) || tooOld(batch)) {
                giveUp(batch, retries + 1);
                pending = pending.subList(size, pending.size());
                size = pending.size();
                retries = 0;
                continue;
            } else {
                retries++;
            }
            if (done < batch.size()) {
                pause.forAtMost(pauseAfter(retries));
            }
        }
    }

    private boolean exhausted(int retries) {
        var most = mapping.maximumRetries();
        return most != null && retries >= most;
    }

    private boolean tooOld(List<StreamRecord> batch) {
        var age = mapping.maximumAge();
        return age != null && batch.getFirst().created().plus(age).isBefore(clock.instant());
    }

    private static Duration pauseAfter(int retries) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(retries, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Returns the number of leading records that are done. */
    private int invoke(List<StreamRecord> batch) {
        return switch (function.apply(bytes(event(batch)))) {
            case Answer.Returned returned ->
                mapping.reportsItemFailures() ? done(batch, returned.payload()) : batch.size();
            case Answer.Failed _, Answer.Refused _ -> 0;
        };
    }

    /** Lambda's rules: without a report all are done; with a report that cannot be read none is done. */
    private static int done(List<StreamRecord> batch, byte[] payload) {
        JsonNode failures;
        try {
            failures = JSON.readTree(payload).path("batchItemFailures");
        } catch (IOException broken) {
            return 0;
        }
        var done = batch.size();
        for (var failure : failures) {
            var failed = failure.path("itemIdentifier").asText("");
            var index = 0;
            while (index < batch.size() && !batch.get(index).sequenceNumber().equals(failed)) {
                index++;
            }
            done = Math.min(done, index == batch.size() ? 0 : index);
        }
        return done;
    }

    private void giveUp(List<StreamRecord> batch, int attempts) {
        if (mapping.keepsUndelivered()) {
            undelivered.add(UndeliveredBatch.message(mapping, batch, event(batch), attempts, clock.instant()));
        }
    }

    private static JsonNode event(List<StreamRecord> batch) {
        var event = JSON.createObjectNode();
        var list = event.putArray("Records");
        batch.forEach(item -> list.add(item.json()));
        return event;
    }

    private static byte[] bytes(JsonNode event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
