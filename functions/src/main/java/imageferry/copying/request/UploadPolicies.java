package imageferry.copying.request;

import imageferry.account.AccountId;
import imageferry.copying.Claim;
import imageferry.disk.Disk;
import imageferry.disk.Finding;
import imageferry.disk.Recogniser;
import imageferry.image.Image;
import imageferry.image.Labels;
import imageferry.image.Versions;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.PartPlanner;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.SourceChanged;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UnreadableObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of an upload: there is an object, it can be carried, and its bytes are a disk. */
record UploadPolicies(
        SnapshotStore store, PartPlanner planner, Versions versions, PastImports past, ClaimedChecksum checksums) {
    /** Maximum number of inspections of an object that is overwritten while it is inspected. */
    private static final int LOOKS = 3;

    /** An upload that can be imported, as the store holds it now, and the parts that it is imported in. */
    record Upload(Blob blob, BlobFacts facts, Disk disk, PartPlan plan) {}

    /**
     * The upload, or every violation of importing it.
     *
     * @param labels of the new image; of an older version in its family it takes the part size where it can
     */
    Result<Upload> look(AccountId owner, Blob blob, Claim claim, Labels labels) {
        return past.explained(owner, blob, look(blob, claim, version(owner, blob, labels)));
    }

    private Optional<Image> version(AccountId owner, Blob blob, Labels labels) {
        return versions.newest(owner, blob.region(), labels.family());
    }

    private Result<Upload> look(Blob blob, Claim claim, Optional<Image> version) {
        for (var look = 1; look <= LOOKS; look++) {
            try {
                return looked(blob).then(facts -> checked(blob, facts, claim, version));
            } catch (SourceChanged _) {
                // The object was overwritten, so the bytes read so far are of no stored version.
            }
        }
        throw new StoreUnavailable("The object " + blob + " is overwritten again and again");
    }

    /**
     * Returns the arrived upload, or every violation of importing it.
     *
     * @throws SourceChanged when the store holds another object now
     */
    Result<Upload> look(AccountId owner, UploadEvent event, Claim claim, Labels labels) {
        var blob = event.blob();
        var version = version(owner, blob, labels);
        return looked(blob).then(facts -> {
            if (!event.isOf(facts)) {
                throw new SourceChanged("The object " + blob + " was overwritten after its upload event");
            }
            return checked(blob, facts, claim, version);
        });
    }

    private Result<BlobFacts> looked(Blob blob) {
        try {
            return store.look(blob).map(Result::accepted).orElseGet(() -> Result.rejected(List.of(absent(blob))));
        } catch (UnreadableObject locked) {
            return Result.rejected(List.of(unreadable(blob, locked)));
        }
    }

    private Result<Upload> checked(Blob blob, BlobFacts facts, Claim claim, Optional<Image> version) {
        var tooLarge = requiresCarriable(blob, facts);
        if (tooLarge.isPresent()) {
            return Result.rejected(List.of(tooLarge.get()));
        }
        var plan = plan(facts, version);
        try {
            var finding = Recogniser.recognise(new UploadedDisk(store, blob, facts), claim.format());
            var violations = Stream.of(
                            requiresDisk(blob, finding),
                            plan.flatMap(known -> checksums.requiresComparable(blob, facts, known, claim)))
                    .flatMap(Optional::stream)
                    .toList();
            return violations.isEmpty() && finding instanceof Finding.Recognised(Disk disk)
                    ? Result.accepted(new Upload(blob, facts, disk, plan.orElseThrow()))
                    : Result.rejected(violations);
        } catch (StoreRefused refused) {
            // Refuse the object: its HEAD request succeeded, so the right to read is not missing.
            return Result.rejected(List.of(unreadable(blob, refused)));
        }
    }

    private static Violation absent(Blob blob) {
        return Violation.of(
                Code.IMPORT_KEY_NOT_FOUND,
                "importKey",
                blob.key(),
                "There is no object " + blob + "; upload the disk first");
    }

    /** The violations of the bytes themselves. */
    static Optional<Violation> requiresDisk(Blob blob, Finding finding) {
        return finding instanceof Finding.Refused(Code code, String why)
                ? Optional.of(Violation.of(code, "importKey", blob.key(), "The object " + blob + " " + why))
                : Optional.empty();
    }

    private static Violation unreadable(Blob blob, StoreRefused refused) {
        return Violation.of(
                Code.INVALID_IMPORT_KEY,
                "importKey",
                blob.key(),
                "The object " + blob + " is there but cannot be read (" + refused.getMessage()
                        + "); upload the disk again, in a storage class that is read at once and without an encryption key"
                        + " of your own: the bucket encrypts it by itself, and an upload under KMS must name the bucket's"
                        + " key by its ARN");
    }

    private Optional<Violation> requiresCarriable(Blob blob, BlobFacts facts) {
        return Optional.of(facts.sizeBytes())
                .filter(size -> size > 0)
                .flatMap(planner::refusal)
                .map(sentence -> Violation.of(Code.SIZE_EXCEEDED, "importKey", blob.key(), sentence));
    }

    /** Returns the plan of the parts; empty for an empty object, which another check refuses. */
    private Optional<PartPlan> plan(BlobFacts facts, Optional<Image> version) {
        var size = facts.sizeBytes();
        return size == 0
                ? Optional.empty()
                : Optional.of(version.map(Image::checksum)
                        .map(checksum -> planner.plan(size, checksum.partSizeBytes()))
                        .orElseGet(() -> planner.plan(size)));
    }
}
