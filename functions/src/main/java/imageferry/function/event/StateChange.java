package imageferry.function.event;

import imageferry.account.Caller;
import imageferry.function.edge.Json;
import imageferry.publishing.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event about a change. It carries only the fields named here, so no token and no internal note gets out. */
public final class StateChange {
    private static final List<String> OF_IMAGE =
            List.of("imageId", "name", "region", "owner", "status", "sourceImageId", "copyId");
    private static final List<String> OF_COPY =
            List.of("copyId", "groupId", "imageId", "region", "owner", "status", "ticketId");

    private StateChange() {}

    /**
     * Returns whether a copy changed its status, or an image its status or another published field. Creation and
     * deletion count.
     */
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
        if (isCopy(change)
                && change.text("sourceImageId")
                        .or(() -> change.formerText("sourceImageId"))
                        .isEmpty()) {
            change.text("sourceKey")
                    .or(() -> change.formerText("sourceKey"))
                    .ifPresent(key -> detail.put("importKey", key));
        }
        if (isImage(change) && change.isModified()) {
            detail.put("changed", ChangedFields.of(change));
        }
        reason(change).ifPresent(reason -> detail.put("reason", reason));
        detail.put("by", by(change));
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

    /** The caller who asked for the change; the workflow when it acted by itself. */
    private static String by(StreamEvent.Change change) {
        return (isImage(change) ? changedBy(change) : causedBy(change)).orElse(Caller.WORKFLOW);
    }

    private static Optional<String> changedBy(StreamEvent.Change image) {
        return image.text("changedBy").or(() -> image.formerText("changedBy"));
    }

    private static Optional<String> causedBy(StreamEvent.Change copy) {
        if (copy.isNew()) {
            return copy.text("requestedBy");
        }
        return copy.text("endedBy").or(() -> copy.newText("approval", "decidedBy"));
    }

    private static Instant at(StreamEvent.Change change) {
        return change.text("changedAt")
                .filter(at -> change.differs("changedAt"))
                .map(Instant::parse)
                .or(() -> Optional.ofNullable(change.dynamodb().at()))
                .orElse(Instant.EPOCH);
    }
}
