package imageferry.copying;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.id.TicketId;
import imageferry.ledger.Change;
import imageferry.ledger.Item;
import imageferry.ledger.Key;
import imageferry.ledger.ListKeys;
import imageferry.ledger.Moments;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.UploadId;
import imageferry.ticket.Ticket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of a copy in the ledger. The constants name the attributes that use cases change. */
public final class CopyRecord {
    public static final String APPROVAL = "approval";
    public static final String BASE = "base";
    public static final String BASE_SOUGHT = "baseSought";
    public static final String BYTES_CHARGED = "bytesCharged";
    public static final String BYTES_COUNTED = "bytesCounted";
    public static final String BYTES_SAVED = "bytesSaved";
    public static final String CHANGED_AT = "changedAt";
    public static final String CHECKSUM = "checksum";
    public static final String CONTINUED_BY = "continuedBy";
    public static final String COPY_ID = "copyId";
    public static final String ENDED_AT = "endedAt";
    public static final String ENDED_BY = "endedBy";
    public static final String GROUP_ID = "groupId";
    public static final String IMAGE_ID = "imageId";
    public static final String OWNER = "owner";
    public static final String QUEUED_AT = "queuedAt";
    public static final String REASON = "reason";
    public static final String REGION = "region";
    public static final String REQUESTED_BY = "requestedBy";
    public static final String RESUMABLE_UNTIL = "resumableUntil";
    public static final String SHARES_DUE = "sharesDue";
    public static final String SOURCE_IMAGE_ID = "sourceImageId";
    public static final String SOURCE_KEY = "sourceKey";
    public static final String STATUS = "status";
    public static final String STEPS = "steps";
    public static final String TICKET_ID = "ticketId";
    public static final String UNFINISHED = "unfinished";
    public static final String UPLOAD_ID = "uploadId";
    public static final String WAKE = "wake";

    /** The partition of the index of unfinished things that holds copies. */
    static final String UNFINISHED_COPIES = "COPIES";

    private CopyRecord() {}

    static Key key(CopyId id) {
        return new Key("COPY#" + id, "COPY");
    }

    static String listOf(AccountId owner) {
        return "COPIES#" + owner;
    }

    /** The list of every copy that was made from one image. */
    static String originOf(ImageId source) {
        return "COPIES-OF#" + source;
    }

    /** The copy's new status, in every list that it is on. */
    static List<Change> status(Copy copy, CopyStatus status) {
        return ListKeys.status(listOf(copy.owner()), copy.region(), status);
    }

    /** A copy's place in every list of copies. */
    static String order(Copy copy) {
        return Moments.sortable(copy.request().createdAt()) + "#" + copy.id();
    }

    /** The list of every import of one upload's key. */
    static String originOf(Blob upload) {
        return "IMPORTS-OF#" + upload.region() + "#" + upload.key();
    }

    static Map<String, Object> map(Reason reason) {
        return Map.of("code", reason.code(), "detail", reason.detail());
    }

    static Item item(Copy copy) {
        var order = order(copy);
        var facts = Item.empty()
                .with(COPY_ID, copy.id())
                .with(GROUP_ID, copy.request().group())
                .with(OWNER, copy.owner())
                .with(REQUESTED_BY, copy.request().requestedBy())
                .with("sourceRegion", copy.source().region())
                .with(SOURCE_KEY, copy.source().blob().key())
                .with(IMAGE_ID, copy.image())
                .with("refused", copy.end().refused() ? true : null)
                .with(REASON, copy.reason() == null ? null : map(copy.reason()))
                .with(ENDED_BY, copy.end().by())
                .with(ENDED_AT, copy.end().at())
                .with("snapshotId", copy.destination().snapshot())
                .with(REGION, copy.region())
                .with(STATUS, copy.status())
                .with("bytesTotal", copy.bytesTotal())
                .with("sourceETag", copy.pinned().eTag())
                .with("partSizeBytes", copy.partSizeBytes())
                .with(TICKET_ID, copy.workflow().ticket())
                .with(
                        "ticketKind",
                        copy.workflow().ticketKind() == Ticket.Kind.IMAGE_SIZE
                                ? null
                                : copy.workflow().ticketKind())
                .with("ticketReason", copy.workflow().ticketReason())
                .with(
                        "shareWith",
                        copy.shareWith().stream().map(AccountId::value).toList())
                .with("retryOf", copy.request().retryOf())
                .with(UPLOAD_ID, copy.upload())
                .with(
                        BYTES_CHARGED,
                        copy.transfer().bytesCharged() == 0
                                ? null
                                : copy.transfer().bytesCharged())
                .with(
                        BYTES_COUNTED,
                        copy.transfer().bytesCounted() == 0
                                ? null
                                : copy.transfer().bytesCounted())
                .with(STEPS, steps(copy.workflow().steps()))
                .with("createdAt", copy.request().createdAt())
                .with(CHANGED_AT, copy.workflow().changedAt())
                .with(UNFINISHED, copy.status().ended() ? null : UNFINISHED_COPIES);
        var item = ListKeys.of(listOf(copy.owner()), copy.region(), copy.status(), order)
                .on(facts);
        return switch (copy.source()) {
            case Source.OfImage(ImageId source, Blob blob) ->
                item.with(SOURCE_IMAGE_ID, source)
                        .with("origin", originOf(source))
                        .with("originOrder", order);
            case Source.OfUpload(Blob blob, Claim(var format, var checksum), var kept) ->
                item.with("claimedFormat", format)
                        .with("expectedChecksum", checksum)
                        .with("keepUpload", kept ? true : null)
                        .with("origin", originOf(blob))
                        .with("originOrder", order);
        };
    }

    private static Map<String, Object> steps(Map<Step, Instant> steps) {
        var texts = new LinkedHashMap<String, Object>();
        steps.forEach((step, at) -> texts.put(step.toString(), Moments.sortable(at)));
        return texts;
    }

    static Copy copy(Item item) {
        return new Copy(
                new CopyId(item.text(COPY_ID)),
                request(item),
                new Copy.Pinned(source(item), item.text("sourceETag"), item.number("bytesTotal")),
                new Copy.Destination(
                        new ImageId(item.text(IMAGE_ID)),
                        new SnapshotId(item.text("snapshotId")),
                        new Region(item.text(REGION)),
                        item.number("partSizeBytes")),
                CopyStatus.of(item.text(STATUS)),
                transfer(item),
                workflow(item),
                end(item));
    }

    private static Copy.Request request(Item item) {
        return new Copy.Request(
                item.maybeText(GROUP_ID).map(GroupId::new).orElse(null),
                new AccountId(item.text(OWNER)),
                item.text(REQUESTED_BY),
                item.list("shareWith").stream().map(AccountId::new).toList(),
                item.maybeText("retryOf").map(CopyId::new).orElse(null),
                item.instant("createdAt"));
    }

    private static Source source(Item item) {
        var blob = new Blob(new Region(item.text("sourceRegion")), item.text(SOURCE_KEY));
        return item.maybeText(SOURCE_IMAGE_ID)
                .<Source>map(id -> new Source.OfImage(new ImageId(id), blob))
                .orElseGet(() -> new Source.OfUpload(blob, claim(item), item.flag("keepUpload")));
    }

    private static Copy.Transfer transfer(Item item) {
        return new Copy.Transfer(
                item.maybeText(UPLOAD_ID).map(UploadId::new).orElse(null),
                item.has(BASE_SOUGHT),
                item.nested(BASE).map(CopyRecord::base).orElse(null),
                item.maybeText(CHECKSUM)
                        .map(value -> new Checksum(value, item.number("partSizeBytes")))
                        .orElse(null),
                item.maybeNumber(BYTES_CHARGED).orElse(0L),
                item.maybeNumber(BYTES_COUNTED).orElse(0L));
    }

    private static Copy.Workflow workflow(Item item) {
        return new Copy.Workflow(
                item.maybeText(TICKET_ID).map(TicketId::new).orElse(null),
                item.maybeText("ticketKind").map(Ticket.Kind::of).orElse(Ticket.Kind.IMAGE_SIZE),
                item.maybeText("ticketReason").orElse(null),
                item.nested(APPROVAL).map(Approval::of).orElse(null),
                item.maybeInstant(QUEUED_AT).orElse(null),
                item.nested(WAKE).map(CopyRecord::wake).orElse(null),
                item.map(STEPS).entrySet().stream()
                        .collect(toMap(
                                step -> Step.of(step.getKey()),
                                step -> Instant.parse(step.getValue().toString()))),
                item.instant(CHANGED_AT));
    }

    private static Copy.End end(Item item) {
        return new Copy.End(
                item.nested(REASON)
                        .map(reason -> new Reason(reason.text("code"), reason.text("detail")))
                        .orElse(null),
                item.maybeText(ENDED_BY).orElse(null),
                item.maybeInstant(ENDED_AT).orElse(null),
                item.maybeNumber(BYTES_SAVED).orElse(0L),
                item.maybeInstant(RESUMABLE_UNTIL).orElse(null),
                item.maybeText(CONTINUED_BY).map(CopyId::new).orElse(null),
                item.texts(SHARES_DUE).stream().map(AccountId::new).collect(toUnmodifiableSet()),
                item.flag("refused"));
    }

    /** Keeps the last token in an entry of its own, so that conditions can compare it. */
    static Map<String, Object> map(Wake wake) {
        var earlier = new LinkedHashMap<String, Object>();
        wake.earlier().forEach(one -> earlier.put(one.token(), one.state().toString()));
        var map = new LinkedHashMap<String, Object>();
        map.put("state", wake.state().toString());
        map.put("token", wake.token());
        if (!earlier.isEmpty()) {
            map.put("earlier", earlier);
        }
        return map;
    }

    static Map<String, Object> map(Base base) {
        return Map.of(
                "imageId", base.image().value(),
                "snapshotId", base.snapshot().value(),
                "eTag", base.eTag(),
                "sizeBytes", base.sizeBytes(),
                "equalParts", base.equalParts());
    }

    private static Base base(Item base) {
        return new Base(
                new ImageId(base.text("imageId")),
                new SnapshotId(base.text("snapshotId")),
                base.text("eTag"),
                base.number("sizeBytes"),
                base.text("equalParts"));
    }

    private static Claim claim(Item item) {
        return Claim.of(
                item.maybeText("claimedFormat").orElse(null),
                item.maybeText("expectedChecksum").orElse(null));
    }

    private static Wake wake(Item wake) {
        var earlier = wake.map("earlier").entrySet().stream()
                .map(one -> new Wake(Wake.Parking.of(one.getValue().toString()), one.getKey()))
                .toList();
        return new Wake(Wake.Parking.of(wake.text("state")), wake.text("token"), earlier);
    }
}
