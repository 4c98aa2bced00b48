package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Copy;
import imageferry.copying.Groups;
import imageferry.copying.Limits;
import imageferry.copying.Source;
import imageferry.copying.queue.OpenTickets;
import imageferry.id.CopyId;
import imageferry.id.GroupId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.id.TicketId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Requests;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.LedgerUnavailable;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.sharing.VisibleImages;
import imageferry.sharing.VisibleImages.Seen;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.SnapshotStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * CopyImage: puts the copies of one image to one or several regions on record, all or none. The target ids are the
 * caller's at once; the change stream starts the work.
 */
public final class RequestCopies {
    private static final String OPERATION = "CopyImage";

    private final Ledger ledger;
    private final VisibleImages visible;
    private final Requests requests;
    private final SnapshotStore store;
    private final Regions regions;
    private final Limits limits;
    private final TargetPolicies targetPolicies;
    private final OpenTickets tickets;
    private final InstantSource clock;
    private final Ids ids;

    public RequestCopies(
            Ledger ledger,
            Images images,
            VisibleImages visible,
            Requests requests,
            SnapshotStore store,
            Regions regions,
            Limits limits,
            InstantSource clock,
            Ids ids) {
        this.ledger = ledger;
        this.visible = visible;
        this.requests = requests;
        this.store = store;
        this.regions = regions;
        this.limits = limits;
        this.targetPolicies = new TargetPolicies(images, regions, limits);
        this.tickets = new OpenTickets(ledger, clock);
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The parameters of a request.
     *
     * @param targets 1–20, in distinct regions
     * @param ticketReason told to the operator where a ticket opens
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
     * @throws LedgerUnavailable when the source changed each of ten times that it was to be locked
     */
    public Result<GroupId> request(Caller caller, Request request) {
        return request(caller, request, new Tries());
    }

    private Result<GroupId> request(Caller caller, Request request, Tries tries) {
        tries.next("Image " + request.imageId(), "copied; nothing was begun");
        var earlier = answered(caller, request.token());
        return earlier.isPresent()
                ? earlier.get()
                : visible.find(caller, request.imageId())
                        .then(seen -> request(caller, request, seen, tries))
                        // A violation may be caused by a repeated request that was accepted meanwhile.
                        .orElse(() -> answered(caller, request.token()));
    }

    private Result<GroupId> request(Caller caller, Request request, Seen seen, Tries tries) {
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
                .map(facts -> commit(caller, request, source, facts, tries))
                .orElseGet(() -> Result.rejected(
                        Code.SNAPSHOT_NOT_FOUND,
                        "imageId",
                        source.id(),
                        "The bytes of image " + source.id() + " are gone from " + source.blob()
                                + "; delete the image and import it again"));
    }

    private Result<GroupId> commit(Caller caller, Request request, Image source, BlobFacts facts, Tries tries) {
        var now = clock.instant();
        var group = GroupId.random(ids);
        var enrolments = request.targets().stream()
                .map(target -> enrol(caller, request, source, facts, group, target, now))
                .toList();
        var copies = enrolments.stream().map(Enrolment::id).toList();
        var writes = new ArrayList<Write>(Enrolment.writes(enrolments));
        writes.add(Groups.created(group, caller.account(), copies, now));
        var locked = Images.lockedBy(source.id(), source.owner(), copies);
        writes.add(locked);
        if (request.token() != null) {
            writes.add(Requests.remembered(caller.account(), OPERATION, request.token(), group.value(), now));
        }
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> {
                tickets.of(enrolments.stream().map(Enrolment::copy).toList());
                yield Result.accepted(group);
            }
            case Commit.Refused refused ->
                answered(caller, request.token())
                        .or(() -> refused.of(locked) ? Optional.of(request(caller, request, tries)) : Optional.empty())
                        .orElseGet(() -> Result.rejected(violations(refused, enrolments)));
        };
    }

    private Enrolment enrol(
            Caller caller,
            Request request,
            Image source,
            BlobFacts facts,
            GroupId group,
            TargetRequest target,
            Instant now) {
        var copyId = CopyId.random(ids);
        var region = regions.find(target.region()).orElseThrow();
        var pending = facts.sizeBytes() > limits.approvalAboveBytes();
        var checksum = source.checksum();
        var imageId = ImageId.random(ids);
        var shareWith =
                target.shareWith().stream().map(AccountId::new).distinct().toList();
        var plan = new NewCopy(
                copyId,
                Copy.Request.of(caller, now).in(group, shareWith),
                NewCopy.pinned(new Source.OfImage(source.id(), source.blob()), facts),
                region,
                checksum == null ? facts.sizeBytes() : checksum.partSizeBytes());
        return new Enrolment(
                plan.image(
                        imageId,
                        TargetPolicies.nameOf(source, target),
                        target.labels().in(source.labels().family()),
                        source.content().disk()),
                pending ? plan.pending(imageId, TicketId.random(ids), request.ticketReason()) : plan.copy(imageId),
                limits);
    }

    private Optional<Result<GroupId>> answered(Caller caller, @Nullable ClientToken token) {
        return requests.answer(
                caller.account(), OPERATION, token, clock.instant(), id -> Result.accepted(new GroupId(id)));
    }

    private List<Violation> violations(Commit.Refused refused, List<Enrolment> enrolments) {
        return IntStream.range(0, enrolments.size())
                .boxed()
                .flatMap(i -> targetPolicies
                        .violations(refused, enrolments.get(i))
                        .map(violation -> violation.within("targets[" + i + "]")))
                .toList();
    }
}
