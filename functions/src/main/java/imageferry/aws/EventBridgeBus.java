package imageferry.aws;

import imageferry.publishing.Bus;
import imageferry.publishing.Event;
import java.util.List;
import java.util.OptionalInt;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The bus on Amazon EventBridge, which takes ten events at a time and may refuse some of them. */
public final class EventBridgeBus implements Bus {
    private static final String SOURCE = "imageferry";
    private static final int AT_ONCE = 10;

    private final EventBridgeClient client;
    private final String name;

    public EventBridgeBus(EventBridgeClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Stops at the first ten of which one is refused, so that no later change overtakes it by more than those. */
    @Override
    public OptionalInt publish(List<Event> events) {
        for (var from = 0; from < events.size(); from += AT_ONCE) {
            var refused = put(events.subList(from, Math.min(from + AT_ONCE, events.size())));
            if (refused.isPresent()) {
                return OptionalInt.of(from + refused.getAsInt());
            }
        }
        return OptionalInt.empty();
    }

    private OptionalInt put(List<Event> events) {
        var answer = client.putEvents(
                request -> request.entries(events.stream().map(this::entry).toList()));
        if (answer.failedEntryCount() > 0) {
            for (var i = 0; i < events.size(); i++) {
                if (answer.entries().get(i).errorCode() != null) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    private PutEventsRequestEntry entry(Event event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(name)
                .source(SOURCE)
                .detailType(event.kind())
                .detail(event.detail())
                .time(event.time())
                .build();
    }
}
