package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.Copies;
import imageferry.copying.Limits;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.copying.request.UploadWords.Wish;
import imageferry.id.CopyId;
import imageferry.id.Ids;
import imageferry.id.ImageId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Requests;
import imageferry.image.ImageName;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.image.Versions;
import imageferry.ledger.Commit;
import imageferry.ledger.Ledger;
import imageferry.ledger.Write;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ImportImage: makes an image of a disk that was uploaded under the caller's import prefix. It runs through the same
 * workflow as a copy, so every snapshot is immutable and has a SHA-256 per part.
 */
public final class RequestImport {
    private static final String OPERATION = "ImportImage";

    private final Ledger ledger;
    private final Requests requests;
    private final PastImports past;
    private final UploadPolicies uploads;
    private final Regions regions;
    private final Versions versions;
    private final Limits limits;
    private final TargetPolicies policies;
    private final InstantSource clock;
    private final Ids ids;

    public RequestImport(
            Ledger ledger,
            Images images,
            Requests requests,
            SnapshotStore store,
            Regions regions,
            PartPlanner planner,
            Limits limits,
            InstantSource clock,
            Ids ids) {
        this.ledger = ledger;
        this.requests = requests;
        this.past = new PastImports(new Copies(ledger), images);
        this.uploads = new UploadPolicies(store, planner);
        this.regions = regions;
        this.versions = new Versions(images);
        this.limits = limits;
        this.policies = new TargetPolicies(images, regions, limits);
        this.clock = clock;
        this.ids = ids;
    }

    /** The parameters of a request; {@code importKey} is the whole key of the uploaded object. */
    public record Request(
            String region,
            ImageName name,
            String importKey,
            Claim claim,
            Labels labels,
            boolean keepUpload,
            @Nullable ClientToken token) {
        /** Without wishes as to what becomes of the upload. */
        public Request(
                String region,
                ImageName name,
                String importKey,
                Claim claim,
                Labels labels,
                @Nullable ClientToken token) {
            this(region, name, importKey, claim, labels, false, token);
        }

        private Wish wish() {
            return new Wish(name, labels, claim, keepUpload);
        }
    }

    /** The copy that makes the image; the earlier one when the request is a repeated one. */
    public Result<CopyId> request(Caller caller, Request request) {
        var earlier = answered(caller, request.token());
        return earlier.isPresent()
                ? earlier.get()
                // A violation may be caused by a repeated request that was accepted meanwhile.
                : requestAnew(caller, request).orElse(() -> answered(caller, request.token()));
    }

    private Result<CopyId> requestAnew(Caller caller, Request request) {
        var region = regions.find(request.region());
        var violations = new ArrayList<Violation>();
        policies.regionIsEnabled(request.region()).ifPresent(violations::add);
        var wrongKey = ImportKey.refusal(caller.account(), request.importKey());
        wrongKey.ifPresent(violations::add);
        var before = violations.size();
        var upload = region.filter(known -> wrongKey.isEmpty()).map(known -> look(caller, known, request));
        upload.ifPresent(result -> violations.addAll(result.violations()));
        if (violations.isEmpty()) {
            return upload.orElseThrow().then(sound -> commit(caller, request, sound));
        }
        region.ifPresent(
                known -> violations.addAll(before, policies.violations(caller.account(), known, request.name())));
        return Result.rejected(violations);
    }

    private Result<Upload> look(Caller caller, Region region, Request request) {
        var blob = new Blob(region, request.importKey());
        return past.explained(
                caller.account(),
                blob,
                uploads.look(
                        blob,
                        request.claim(),
                        versions.newest(
                                caller.account(), region, request.labels().family())));
    }

    private Result<CopyId> commit(Caller caller, Request request, Upload upload) {
        var now = clock.instant();
        var enrolment = Enrolment.ofImport(
                CopyId.random(ids), ImageId.random(ids), caller, upload, request.wish(), now, limits);
        var writes = new ArrayList<Write>(enrolment.writes());
        if (request.token() != null) {
            writes.add(Requests.remembered(
                    caller.account(), OPERATION, request.token(), enrolment.id().value(), now));
        }
        return switch (ledger.commit(writes)) {
            case Commit.Done done -> Result.accepted(enrolment.id());
            case Commit.Refused refused ->
                answered(caller, request.token())
                        .orElseGet(() -> Result.rejected(
                                policies.violations(refused, enrolment).toList()));
        };
    }

    private Optional<Result<CopyId>> answered(Caller caller, @Nullable ClientToken token) {
        return requests.answer(
                caller.account(), OPERATION, token, clock.instant(), id -> Result.accepted(new CopyId(id)));
    }
}
