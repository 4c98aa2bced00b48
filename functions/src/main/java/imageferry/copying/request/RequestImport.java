package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Claim;
import imageferry.copying.request.UploadMetadata.Wish;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.id.CopyId;
import imageferry.idempotency.ClientToken;
import imageferry.idempotency.Idempotent;
import imageferry.idempotency.Requests;
import imageferry.image.ImageName;
import imageferry.image.Labels;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * ImportImage: makes an image of a disk that was uploaded under the caller's import prefix. It runs through the same
 * workflow as a copy, so every snapshot is immutable and has a SHA-256 per part.
 */
public record RequestImport(
        Regions regions, UploadPolicies uploads, TargetPolicies policies, Admission admission, Requests requests) {
    private static final String OPERATION = "ImportImage";

    /** The parameters of a request; {@code importKey} is the whole key of the uploaded object. */
    public record Request(
            String region,
            ImageName name,
            String importKey,
            Claim claim,
            Labels labels,
            boolean keepUpload,
            @Nullable ClientToken token) {
        /** A request that does not keep the upload. */
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
        var once =
                new Idempotent<>(requests, caller.account(), OPERATION, request.token(), CopyId::new, admission::now);
        return once.orElse(() -> request(caller, request, once));
    }

    private Result<CopyId> request(Caller caller, Request request, Idempotent<CopyId> once) {
        var region = regions.find(request.region());
        var violations = new ArrayList<Violation>();
        regions.requiresEnabled(request.region()).ifPresent(violations::add);
        var wrongKey = ImportKey.requiresImportable(caller.account(), request.importKey());
        wrongKey.ifPresent(violations::add);
        var before = violations.size();
        var upload = region.filter(known -> wrongKey.isEmpty())
                .map(known -> uploads.look(
                        caller.account(), new Blob(known, request.importKey()), request.claim(), request.labels()));
        upload.ifPresent(result -> violations.addAll(result.violations()));
        if (violations.isEmpty()) {
            return upload.orElseThrow().then(sound -> admit(caller, request, sound, once));
        }
        region.ifPresent(
                known -> violations.addAll(before, policies.violations(caller.account(), known, request.name())));
        return Result.rejected(violations);
    }

    private Result<CopyId> admit(Caller caller, Request request, Upload upload, Idempotent<CopyId> once) {
        var now = admission.now();
        var enrolment = admission.enrolImport(caller, upload, request.wish(), now);
        return admission.admit(
                Admission.Attempt.withoutLocks(
                        enrolment.id(), enrolment, once.remembered(enrolment.id(), now), once::earlier),
                (i, violation) -> violation);
    }
}
