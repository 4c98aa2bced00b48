package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.copying.request.UploadWords.Wish;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the import of an upload that asked for it on record, under the rules of a request. The last upload of a key wins. */
final class LandedImport {
    private final Images images;
    private final Copies copies;
    private final Landings landings;
    private final UploadPolicies uploads;
    private final TargetPolicies policies;
    private final Admission admission;

    LandedImport(
            Images images,
            Copies copies,
            Landings landings,
            UploadPolicies uploads,
            TargetPolicies policies,
            Admission admission) {
        this.images = images;
        this.copies = copies;
        this.landings = landings;
        this.uploads = uploads;
        this.policies = policies;
        this.admission = admission;
    }

    /**
     * Imports what landed, in place of an unfinished import of the same key and name if there is one.
     *
     * @return the copy that makes the image; the same one when the event comes again
     * @throws imageferry.snapshot.SourceChanged when something else is stored under the key by now
     */
    Result<CopyId> request(Caller caller, Landing landing, Wish wish) {
        // Each time that this one is overtaken, an event of the same key got on.
        var tries = new Tries();
        while (true) {
            tries.next("The upload " + landing.blob() + " or its import", "imported");
            var earlier = landings.answered(caller, landing);
            if (earlier.isPresent()) {
                return Result.accepted(earlier.get());
            }
            var replaced = ReplacedImport.of(images, copies, caller.account(), landing.blob(), wish.name());
            switch (upload(caller, landing, wish, replaced.isPresent())) {
                case Result.Rejected<Upload>(var violations) -> {
                    return Result.rejected(violations);
                }
                case Result.Accepted<Upload>(var upload) -> {
                    var copy = committed(caller, landing, wish, upload, replaced);
                    if (copy.isPresent()) {
                        return Result.accepted(copy.get());
                    }
                }
            }
        }
    }

    /** @param inPlace whether another import's name and place in the quotas pass over to this one */
    private Result<Upload> upload(Caller caller, Landing landing, Wish wish, boolean inPlace) {
        var region = landing.blob().region();
        var disabled = policies.requiresEnabled(region);
        if (disabled.isPresent()) {
            return Result.rejected(List.of(disabled.get()));
        }
        var violations = new ArrayList<Violation>();
        if (!inPlace) {
            violations.addAll(policies.violations(caller.account(), region, wish.name()));
        }
        var upload = uploads.look(caller.account(), landing, wish.claim(), wish.labels());
        violations.addAll(upload.violations());
        return violations.isEmpty() ? upload : Result.rejected(violations);
    }

    /** Empty when others changed what was read for it, so that it is to be looked at again. */
    private Optional<CopyId> committed(
            Caller caller, Landing landing, Wish wish, Upload upload, Optional<ReplacedImport> replaced) {
        var now = admission.now();
        var same = replaced.filter(one -> one.isOf(upload, wish));
        var enrolment = admission.enrolImport(caller, upload, wish, now);
        var writes = new ArrayList<Write>();
        if (same.isEmpty()) {
            writes.addAll(replaced.map(one -> one.writes(enrolment, caller.arn(), now))
                    .orElseGet(enrolment::writes));
        }
        var answer = same.map(one -> one.copy().id()).orElse(enrolment.id());
        writes.add(landings.remembered(caller, landing, answer, now));
        return admission.commits(writes) ? Optional.of(answer) : Optional.empty();
    }
}
