package imageferry.copying.request;

import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.request.UploadMetadata.Wish;
import imageferry.copying.request.UploadPolicies.Upload;
import imageferry.id.CopyId;
import imageferry.image.Images;
import imageferry.ledger.Tries;
import imageferry.ledger.Write;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records the import of an upload that asked for it, under the rules of a request. The last upload of a key wins. */
record UploadImport(
        Images images,
        Copies copies,
        UploadEvents events,
        UploadPolicies uploads,
        TargetPolicies policies,
        Admission admission) {
    /**
     * Imports the uploaded object, in place of an unfinished import of the same key and name if there is one.
     *
     * @return the copy that makes the image; the same one when the event comes again
     * @throws imageferry.snapshot.SourceChanged when another object is stored under the key now
     */
    Result<CopyId> request(Caller caller, UploadEvent event, Wish wish) {
        // Try up to ten times: each failed try means that an event of the same key has succeeded.
        var tries = new Tries();
        while (true) {
            tries.next("The upload " + event.blob() + " or its import", "imported");
            var earlier = events.answered(caller, event);
            if (earlier.isPresent()) {
                return Result.accepted(earlier.get());
            }
            var replaced = ReplacedImport.of(images, copies, caller.account(), event.blob(), wish.name());
            switch (upload(caller, event, wish, replaced.isPresent())) {
                case Result.Rejected<Upload>(var violations) -> {
                    return Result.rejected(violations);
                }
                case Result.Accepted<Upload>(var upload) -> {
                    var copy = committed(caller, event, wish, upload, replaced);
                    if (copy.isPresent()) {
                        return Result.accepted(copy.get());
                    }
                }
            }
        }
    }

    /** @param inPlace whether another import's name and place in the quotas pass over to this one */
    private Result<Upload> upload(Caller caller, UploadEvent event, Wish wish, boolean inPlace) {
        var region = event.blob().region();
        var disabled = policies.requiresEnabled(region);
        if (disabled.isPresent()) {
            return Result.rejected(List.of(disabled.get()));
        }
        var violations = new ArrayList<Violation>();
        if (!inPlace) {
            violations.addAll(policies.violations(caller.account(), region, wish.name()));
        }
        var upload = uploads.look(caller.account(), event, wish.claim(), wish.labels());
        violations.addAll(upload.violations());
        return violations.isEmpty() ? upload : Result.rejected(violations);
    }

    /** Returns empty when others changed the records that it read, so that the upload is to be checked again. */
    private Optional<CopyId> committed(
            Caller caller, UploadEvent event, Wish wish, Upload upload, Optional<ReplacedImport> replaced) {
        var now = admission.now();
        var same = replaced.filter(one -> one.isOf(upload, wish));
        var enrolment = admission.enrolImport(caller, upload, wish, now);
        var writes = new ArrayList<Write>();
        if (same.isEmpty()) {
            writes.addAll(replaced.map(one -> one.writes(enrolment, caller.arn(), now))
                    .orElseGet(enrolment::writes));
        }
        var answer = same.map(one -> one.copy().id()).orElse(enrolment.id());
        writes.add(events.remembered(caller, event, answer, now));
        return admission.commits(writes) ? Optional.of(answer) : Optional.empty();
    }
}
