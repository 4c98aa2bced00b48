package imageferry.function.event;

import imageferry.account.Caller;
import imageferry.copying.CopyRecord;
import imageferry.function.edge.Json;
import imageferry.image.ImageRecord;
import imageferry.publishing.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event about a change. It carries only the fields named here, so no token and no internal note gets out. */
public final class StateChange {
    private static final List<String> OF_IMAGE = List.of(
            ImageRecord.IMAGE_ID,
            ImageRecord.NAME,
            ImageRecord.REGION,
            ImageRecord.OWNER,
            ImageRecord.STATUS,
            ImageRecord.SOURCE_IMAGE_ID,
            ImageRecord.COPY_ID);
    private static final List<String> OF_COPY = List.of(
            CopyRecord.COPY_ID,
            CopyRecord.GROUP_ID,
            CopyRecord.IMAGE_ID,
            CopyRecord.REGION,
            CopyRecord.OWNER,
            CopyRecord.STATUS,
            CopyRecord.TICKET_ID);

    private StateChange() {}

    /**
     * Returns whether a copy changed its status, or an image its status or another published field. Creation and
     * deletion count.
     */
    public static boolean isOne(StreamEvent.Change change) {
        return isImage(change)
                ? !ChangedFields.of(change).isEmpty()
                : isCopy(change) && change.differs(CopyRecord.STATUS);
    }

    /** The same change gives the same event, however often it is read from the stream. */
    public static Event event(StreamEvent.Change change) {
        var detail = new LinkedHashMap<String, Object>();
        for (var field : isImage(change) ? OF_IMAGE : OF_COPY) {
            text(change, field).ifPresent(value -> detail.put(field, value));
        }
        var status = isImage(change) ? ImageRecord.STATUS : CopyRecord.STATUS;
        if (change.text(status).isEmpty()) {
            detail.put("status", "Deleted");
        }
        if (change.differs(status)) {
            change.formerText(status).ifPresent(former -> detail.put("previousStatus", former));
        }
        if (isCopy(change) && text(change, CopyRecord.SOURCE_IMAGE_ID).isEmpty()) {
            text(change, CopyRecord.SOURCE_KEY).ifPresent(key -> detail.put("importKey", key));
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

    /** Returns the attribute's present text; its former one if it has none now. */
    private static Optional<String> text(StreamEvent.Change change, String attribute) {
        return change.text(attribute).or(() -> change.formerText(attribute));
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
                .map(item -> item.get(CopyRecord.REASON))
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
        return (isImage(change) ? text(change, ImageRecord.CHANGED_BY) : causedBy(change)).orElse(Caller.WORKFLOW);
    }

    private static Optional<String> causedBy(StreamEvent.Change copy) {
        if (copy.isNew()) {
            return copy.text(CopyRecord.REQUESTED_BY);
        }
        return copy.text(CopyRecord.ENDED_BY).or(() -> copy.newText(CopyRecord.APPROVAL, "decidedBy"));
    }

    private static Instant at(StreamEvent.Change change) {
        return change.text(CopyRecord.CHANGED_AT)
                .filter(at -> change.differs(CopyRecord.CHANGED_AT))
                .map(Instant::parse)
                .or(() -> Optional.ofNullable(change.dynamodb().at()))
                .orElse(Instant.EPOCH);
    }
}
