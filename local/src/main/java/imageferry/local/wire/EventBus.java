package imageferry.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The event bus of the home region. It passes its events on, and keeps the last ones. */
public final class EventBus {
    private static final int REMEMBERED = 1_000;
    private static final int MOST_ENTRIES = 10;

    private final String arn;
    private final Clock clock;
    private final Consumer<List<BusEvent>> listener;
    private final Deque<BusEvent> last = new ArrayDeque<>();

    /**
     * @param arn {@code arn:aws:events:<region>:<account>:event-bus/<name>}
     * @param listener gets the accepted entries of each call, before the call is answered
     */
    public EventBus(String arn, Clock clock, Consumer<List<BusEvent>> listener) {
        this.arn = arn;
        this.clock = clock;
        this.listener = listener;
    }

    /** Returns at most the last 1,000 events, the oldest first. */
    public List<BusEvent> last() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    JsonNode answer(SignedCall call, CallAccessCheck accessCheck) {
        if (!call.operation().equals("PutEvents")) {
            throw new WireError(
                    "UnknownOperationException", "AWSEvents." + call.operation() + " is not served in local mode.");
        }
        var entries = call.body().path("Entries");
        if (!entries.isArray() || entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            throw new WireError("ValidationException", "Entries must hold from 1 to " + MOST_ENTRIES + " entries.");
        }
        entries.forEach(entry -> admit(entry, call, accessCheck));
        return put(entries);
    }

    /** A call is refused as a whole if one of its buses is. */
    private void admit(JsonNode entry, SignedCall call, CallAccessCheck accessCheck) {
        var named = entry.path("EventBusName").asText("default");
        var home = arn.split(":", -1);
        var full = named.startsWith("arn:")
                ? named
                : "arn:aws:events:" + call.region() + ":" + home[4] + ":event-bus/" + named;
        call.check(accessCheck, "events:PutEvents", full);
        if (!call.region().equals(home[3]) || !full.equals(arn)) {
            throw new WireError("ResourceNotFoundException", "Event bus " + named + " does not exist.");
        }
    }

    private JsonNode put(JsonNode entries) {
        var accepted = new ArrayList<BusEvent>();
        var answer = Json.MAPPER.createObjectNode();
        var results = answer.putArray("Entries");
        for (var entry : entries) {
            var result = results.addObject();
            var fault = fault(entry);
            if (fault.isPresent()) {
                result.put("ErrorCode", fault.get()).put("ErrorMessage", "The entry was not accepted: " + fault.get());
            } else {
                var event = event(entry);
                accepted.add(event);
                result.put("EventId", event.id());
            }
        }
        if (!accepted.isEmpty()) {
            remember(accepted);
            listener.accept(List.copyOf(accepted));
        }
        return answer.put("FailedEntryCount", entries.size() - accepted.size());
    }

    private static Optional<String> fault(JsonNode entry) {
        for (var member : List.of("Source", "DetailType", "Detail")) {
            if (entry.path(member).asText("").isEmpty()) {
                return Optional.of("InvalidArgument");
            }
        }
        try {
            return Json.read(entry.path("Detail").asText()).isObject()
                    ? Optional.empty()
                    : Optional.of("MalformedDetail");
        } catch (IllegalArgumentException e) {
            return Optional.of("MalformedDetail");
        }
    }

    private BusEvent event(JsonNode entry) {
        var resources = new ArrayList<String>();
        entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
        var time = entry.path("Time");
        return new BusEvent(
                UUID.randomUUID().toString(),
                arn.substring(arn.indexOf('/') + 1),
                entry.path("Source").asText(),
                entry.path("DetailType").asText(),
                entry.path("Detail").asText(),
                resources,
                time.isNumber() ? Instant.ofEpochMilli(Math.round(time.doubleValue() * 1_000)) : clock.instant());
    }

    private void remember(List<BusEvent> events) {
        synchronized (last) {
            last.addAll(events);
            while (last.size() > REMEMBERED) {
                last.removeFirst();
            }
        }
    }
}
