package imageferry.local.wire;

import java.time.Instant;
import java.util.List;

/** An event on a bus; {@code detail} is the text of a JSON object. */
public record BusEvent(
        String id, String bus, String source, String detailType, String detail, List<String> resources, Instant time) {
    public BusEvent {
        resources = List.copyOf(resources);
    }
}
