package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Copy;
import imageferry.copying.Groups;
import imageferry.copying.Source;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Idempotent;
import imageferry.idempotency.Requests;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages;
import imageferry.sharing.VisibleImages.Seen;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CopyImage: puts the copies of one image to one or several regions on record, all or none. The target ids are the
 * caller's at once; the change stream starts the work.
 */
public record RequestCopies(
        VisibleImages visible,
        SnapshotStore store,
        TargetPolicies targetPolicies,
        Admission admission,
        Requests requests) {
    private static final String OPERATION = "CopyImage";

    /**
     * The parameters of a request.
     *
     * @param targets 1–20, in distinct regions
     * @param ticketReason shown to the operator if a ticket opens
     */
    public record Request(
            String imageId,
            List<TargetRequest> targets,
            @Nullable String ticketReason,
            @Nullable ClientToken token) {
        public Request {
            targets = List.copyOf(targets);
        }
    }

    /**
     * The group of the new copies; of the earlier ones when the request is a repeated one.
     *
     * @throws LedgerUnavailable when the source changed during each of ten attempts to lock it
     */
    public Result<GroupId> request(Caller caller, Request request) {
        return request(caller, request, new Tries());
    }

    private Result<GroupId> request(Caller caller, Request request, Tries tries) {
        tries.next("Image " + request.imageId(), "copied; nothing was begun");
        var once =
                new Idempotent<>(requests, caller.account(), OPERATION, request.token(), GroupId::new, admission::now);
        return once.orElse(() ->
                visible.find(caller, request.imageId()).then(seen -> request(caller, request, seen, once, tries)));
    }

    private Result<GroupId> request(Caller caller, Request request, Seen seen, Idempotent<GroupId> once, Tries tries) {
        var source = seen.image();
        var violations = new ArrayList<>(SourcePolicies.violations(seen));
        var own = source.ownedBy(caller.account());
        if (own && !(violations.isEmpty() && targetPolicies.areWellAsked(source, request.targets()))) {
            violations.addAll(targetPolicies.violations(source, request.targets()));
        }
        if (!violations.isEmpty()) {
            return Result.rejected(violations);
        }
        return store.look(source.blob())
                .map(facts -> admit(caller, request, source, facts, once, tries))
                .orElseGet(() -> Result.rejected(List.of(SourcePolicies.bytesGone(source))));
    }

    private Result<GroupId> admit(
            Caller caller, Request request, Image source, BlobFacts facts, Idempotent<GroupId> once, Tries tries) {
        var now = admission.now();
        var group = GroupId.random(admission.ids());
        var enrolments = request.targets().stream()
                .map(target -> enrol(caller, request, source, facts, group, target, now))
                .toList();
        var copies = enrolments.stream().map(Enrolment::id).toList();
        var notes = new ArrayList<Write>(List.of(Groups.created(group, caller.account(), copies, now)));
        notes.addAll(once.remembered(group, now));
        return admission.admit(
                new Admission.Attempt<>(
                        group,
                        enrolments,
                        List.of(Images.lockedBy(source.id(), source.owner(), copies)),
                        notes,
                        once::earlier,
                        () -> request(caller, request, tries),
                        admission::openTickets),
                (i, violation) -> violation.within("targets[" + i + "]"));
    }

    private Enrolment enrol(
            Caller caller,
            Request request,
            Image source,
            BlobFacts facts,
            GroupId group,
            TargetRequest target,
            Instant now) {
        var shareWith =
                target.shareWith().stream().map(AccountId::new).distinct().toList();
        var plan = new NewCopy(
                CopyId.random(admission.ids()),
                Copy.Request.of(caller, now).in(group, shareWith),
                NewCopy.pinned(new Source.OfImage(source.id(), source.blob()), facts),
                targetPolicies.region(target),
                SourcePolicies.partSize(source, facts));
        return admission.enrol(
                plan,
                TargetPolicies.nameOf(source, target),
                target.labels().in(source.labels().family()),
                source.content().disk(),
                request.ticketReason());
    }
}
