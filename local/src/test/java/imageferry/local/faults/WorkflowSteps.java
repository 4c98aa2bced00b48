package imageferry.local.faults;

import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.Copy;
import imageferry.copying.Groups;
import imageferry.copying.Reason;
import imageferry.copying.queue.GrantSlots;
import imageferry.copying.queue.RequestSlot;
import imageferry.copying.queue.SlotLimits;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RequestImport;
import imageferry.copying.request.TargetRequest;
import imageferry.copying.request.UploadEvent;
import imageferry.disk.Format;
import imageferry.id.CopyId;
import imageferry.id.TicketId;
import imageferry.idempotency.ClientToken;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.PartBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The words in which a test describes earlier events: steps of a workflow, each through its use case. */
record WorkflowSteps(Service service, InMemorySnapshotStore bytes) {
    static final Caller OWNER = Service.caller("222222222222");
    static final Caller FRIEND = Service.caller("333333333333");
    static final Caller OPERATOR = new Caller(
            Service.caller("111111111111").account(),
            Service.caller("111111111111").arn(),
            true);
    static final Reason OUTAGE = new Reason("Outage", "The lights went out");
    static final ClientToken TOKEN = new ClientToken("one", "hash");

    /** The request to import the upload of that name. */
    RequestImport.Request uploaded(String name, int size) {
        return uploaded(OWNER, name, size);
    }

    private RequestImport.Request uploaded(Caller caller, String name, int size) {
        var key = Regions.importPrefix(caller.account()) + name;
        bytes.put(new Blob(Service.HOME, key), Bytes.random(size, size));
        var anyBytes = new Claim(Format.RAW, null);
        return new RequestImport.Request(Service.HOME.name(), new ImageName(name), key, anyBytes, Labels.NONE, TOKEN);
    }

    /** A finished upload that asks for its import under that name. Each has different bytes. */
    UploadEvent uploadEvent(String key, String name, int size) {
        var upload = new Blob(Service.HOME, Regions.importPrefix(OWNER.account()) + key);
        bytes.put(upload, Bytes.random(size, size));
        bytes.tag(upload, Map.of("imageferry-name", name, "imageferry-format", "raw"));
        return new UploadEvent(upload, bytes.look(upload).orElseThrow().eTag(), size, "version of " + size + " bytes");
    }

    CopyId importing(String name, int size) {
        return importing(OWNER, name, size);
    }

    private CopyId importing(Caller caller, String name, int size) {
        var request = uploaded(caller, name, size);
        return accepted(service.api
                .requestImport()
                .request(
                        caller,
                        new RequestImport.Request(
                                request.region(),
                                request.name(),
                                request.importKey(),
                                request.claim(),
                                Labels.NONE,
                                null)));
    }

    /** An available image in the home region. */
    Image image(String name, int size) {
        var copy = importing(name, size);
        finish(copy);
        return made(copy);
    }

    Image image(String name) {
        return image(name, 1_000);
    }

    Image image(Caller owner, String name) {
        var copy = importing(owner, name, 1_000);
        finish(copy);
        return made(copy);
    }

    static RequestCopies.Request request(Image source, String name, List<String> shareWith, Region... regions) {
        var targets = List.of(regions).stream()
                .map(region -> new TargetRequest(region.name(), name, Labels.NONE, shareWith))
                .toList();
        return new RequestCopies.Request(source.id().value(), targets, null, null);
    }

    CopyId copying(Image source) {
        return copying(source, source.name().value());
    }

    CopyId copying(Image source, String name) {
        return copying(request(source, name, List.of(), Service.AWAY));
    }

    CopyId copying(RequestCopies.Request request) {
        var group = accepted(service.api.requestCopies().request(OWNER, request));
        return new Groups(service.app.ledger())
                .find(group)
                .orElseThrow()
                .copies()
                .getFirst();
    }

    /** A copy that waits for the operator, with its ticket open. */
    CopyId pending(Image source) {
        var copy = copying(source);
        service.workflow.requestApproval().park(copy, "token");
        return copy;
    }

    void park(CopyId copy) {
        service.workflow.requestSlot().park(copy, "token");
    }

    /** Lets the copy wait, as if all slots were taken. */
    void queue(CopyId copy) {
        var app = service.app;
        var noSlots = new GrantSlots(app.ledger(), app.copies(), app.slots(), SlotLimits.of(0), app.clock());
        new RequestSlot(app.ledger(), app.copies(), app.slots(), noSlots, app.clock()).park(copy, "token");
    }

    void start(CopyId copy) {
        park(copy);
        service.workflow.startSnapshotCopy().start(copy);
    }

    void copyParts(CopyId copy) {
        service.workflow.copySnapshotParts().copy(copy, new PartBatch(1, 1, 1), () -> Duration.ofMinutes(10));
    }

    /** All steps except the last transaction. */
    void complete(CopyId copy) {
        start(copy);
        copyParts(copy);
        service.workflow.completeSnapshotCopy().complete(copy);
    }

    void finish(CopyId copy) {
        complete(copy);
        service.workflow.createImage().create(copy);
    }

    /** It failed after all bytes had arrived. They are kept for a retry. */
    CopyId failed(Image source) {
        var copy = copying(source);
        start(copy);
        copyParts(copy);
        service.workflow.settleCopy().settle(copy, OUTAGE);
        return copy;
    }

    void cancel(CopyId copy) {
        accepted(service.api.cancelCopy().cancel(OWNER, made(copy).id().value()));
    }

    Copy now(CopyId copy) {
        return service.app.copies().require(copy);
    }

    TicketId ticket(CopyId copy) {
        return Objects.requireNonNull(now(copy).workflow().ticket());
    }

    Image made(CopyId copy) {
        return service.app.images().find(now(copy).image()).orElseThrow();
    }

    static <T> T accepted(Result<T> result) {
        return switch (result) {
            case Result.Accepted<T>(T value) -> value;
            case Result.Rejected<T> rejected -> throw new AssertionError("Rejected: " + rejected);
        };
    }
}
