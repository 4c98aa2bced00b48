package imageferry.function.event;

import imageferry.function.edge.Json;
import imageferry.publishing.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the bus is told of a change: fields named here and no others, so that no token and no note of ours gets out. */
public final class StateChange {
    private static final List<String> OF_IMAGE =
            List.of("imageId", "name", "region", "owner", "status", "sourceImageId", "copyId");
    private static final List<String> OF_COPY = List.of("copyId", "groupId", "imageId", "region", "owner", "status");

    private StateChange() {}

    /** Whether an image or a copy came, went or changed its status, or an image what is said of it. */
    public static boolean isOne(StreamEvent.Change change) {
        return isImage(change) ? !ChangedFields.of(change).isEmpty() : isCopy(change) && change.differs("status");
    }

    /** The same change gives the same event, however often it is read from the stream. */
    public static Event event(StreamEvent.Change change) {
        var detail = new LinkedHashMap<String, Object>();
        for (var field : isImage(change) ? OF_IMAGE : OF_COPY) {
            change.text(field).or(() -> change.formerText(field)).ifPresent(value -> detail.put(field, value));
        }
        if (change.text("status").isEmpty()) {
            detail.put("status", "Deleted");
        }
        if (change.differs("status")) {
            change.formerText("status").ifPresent(status -> detail.put("previousStatus", status));
        }
        if (isImage(change) && change.isModified()) {
            detail.put("changed", ChangedFields.of(change));
        }
        reason(change).ifPresent(reason -> detail.put("reason", reason));
        by(change).ifPresent(by -> detail.put("by", by));
        var at = at(change);
        detail.put("changedAt", at);
        detail.put("sequenceNumber", change.sequenceNumber());
        return new Event(isImage(change) ? "Image State Change" : "Copy State Change", Json.text(detail), at);
    }

    private static boolean isImage(StreamEvent.Change change) {
        return "IMAGE".equals(sortKey(change));
    }

    private static boolean isCopy(StreamEvent.Change change) {
        return "COPY".equals(sortKey(change));
    }

    private static String sortKey(StreamEvent.Change change) {
        return Optional.ofNullable(change.dynamodb().keys().get("sk"))
                .map(StreamEvent.Attribute::text)
                .orElse("");
    }

    private static Optional<Map<String, String>> reason(StreamEvent.Change change) {
        return Optional.ofNullable(change.dynamodb().newImage())
                .map(item -> item.get("reason"))
                .map(StreamEvent.Attribute::map)
                .map(reason -> {
                    var words = new LinkedHashMap<String, String>();
                    for (var field : List.of("code", "detail")) {
                        Optional.ofNullable(reason.get(field))
                                .map(StreamEvent.Attribute::text)
                                .ifPresent(text -> words.put(field, text));
                    }
                    return words;
                });
    }

    /** Who asked for it or ended it; absent when the workflow just went on. */
    private static Optional<String> by(StreamEvent.Change change) {
        if (isImage(change)) {
            return change.isNew()
                    ? change.text("createdBy")
                    : change.text("changedBy").filter(by -> notedNow(change));
        }
        return change.isNew() ? change.text("requestedBy") : change.text("endedBy");
    }

    /** What only owners note on an image stays there when the workflow goes on with it. */
    private static boolean notedNow(StreamEvent.Change change) {
        return change.differs("changedAt");
    }

    private static Instant at(StreamEvent.Change change) {
        return change.text("changedAt")
                .filter(at -> notedNow(change))
                .map(Instant::parse)
                .or(() -> Optional.ofNullable(change.dynamodb().at()))
                .orElse(Instant.EPOCH);
    }
}
