package imageferry.aws;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.publishing.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** EventBridge accepts ten events per call and may refuse some. No event after the first refused one counts as sent. */
class EventBridgeBusTest {
    private final Recorded client = new Recorded();
    private final EventBridgeBus bus = new EventBridgeBus(client, "imageferry");

    @Test
    void many_events_go_in_tens_and_in_order() {
        assertThat(bus.publish(events(23))).isEqualTo(OptionalInt.empty());

        assertThat(client.batches).containsExactly(10, 10, 3);
        assertThat(client.details)
                .containsExactlyElementsOf(
                        events(23).stream().map(Event::detail).toList());
    }

    @Test
    void the_first_refused_event_is_reported_and_no_later_batch_is_sent() {
        client.refused = "12";

        assertThat(bus.publish(events(23))).isEqualTo(OptionalInt.of(12));
        assertThat(client.batches).containsExactly(10, 10);
    }

    @Test
    void no_events_need_no_call() {
        assertThat(bus.publish(List.of())).isEqualTo(OptionalInt.empty());
        assertThat(client.batches).isEmpty();
    }

    private static List<Event> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Event("Image State Change", Integer.toString(i), Instant.EPOCH))
                .toList();
    }

    /** Records all entries, and refuses the event with one detail. */
    private static final class Recorded implements EventBridgeClient {
        final List<Integer> batches = new ArrayList<>();
        final List<String> details = new ArrayList<>();
        String refused = "none";

        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            batches.add(request.entries().size());
            request.entries().forEach(entry -> details.add(entry.detail()));
            var results = request.entries().stream()
                    .map(entry -> entry.detail().equals(refused)
                            ? PutEventsResultEntry.builder()
                                    .errorCode("InternalFailure")
                                    .build()
                            : PutEventsResultEntry.builder().eventId("e").build())
                    .toList();
            var failed = (int) results.stream()
                    .filter(result -> result.errorCode() != null)
                    .count();
            return PutEventsResponse.builder()
                    .entries(results)
                    .failedEntryCount(failed)
                    .build();
        }

        @Override
        public String serviceName() {
            return "events";
        }

        @Override
        public void close() {}
    }
}
