package imageferry.local.cloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageferry.local.store.CreatedObject;
import imageferry.local.template.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events that EventBridge would send: for a created object, for a due schedule.
 *
 * @param sequence of the last upload; increases with every upload, also after a restart
 */
record Events(String account, String homeRegion, AtomicLong sequence) {
    Events(String account, String homeRegion) {
        this(account, homeRegion, new AtomicLong());
    }

    ObjectNode objectCreated(CreatedObject created, Instant now) {
        var event = event("Object Created", "aws.s3", created.region(), now, "arn:aws:s3:::" + created.bucket());
        var detail = event.putObject("detail").put("version", "0");
        detail.putObject("bucket").put("name", created.bucket());
        detail.putObject("object")
                .put("key", created.key())
                .put("size", created.size())
                .put("etag", created.eTag())
                .put("sequencer", String.format("%018X", next(now)));
        detail.put("request-id", UUID.randomUUID().toString())
                .put("requester", account)
                .put("source-ip-address", "127.0.0.1")
                .put("reason", "PutObject");
        return event;
    }

    private long next(Instant now) {
        return sequence.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli() << 16));
    }

    ObjectNode scheduled(Schedule schedule, Instant now) {
        var rule = "arn:aws:events:" + homeRegion + ":" + account + ":rule/" + schedule.function() + schedule.name();
        var event = event("Scheduled Event", "aws.events", homeRegion, now, rule);
        event.putObject("detail");
        return event;
    }

    private ObjectNode event(String type, String source, String region, Instant now, String resource) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", type)
                .put("source", source)
                .put("account", account)
                .put("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", region);
        event.putArray("resources").add(resource);
        return event;
    }
}
