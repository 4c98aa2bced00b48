package imageferry.copying.request;

import imageferry.copying.Claim;
import imageferry.rule.Code;
import imageferry.rule.Count;
import imageferry.rule.Violation;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.SnapshotStore;
import java.util.Objects;
import java.util.Optional;

/**
 * The checks of an expected checksum that need no byte of the object. A composite one is compared when the parts have arrived.
 * A plain SHA-256 of the whole file can only be compared with S3's own, as S3 copies the parts and no function reads the bytes.
 */
record ClaimedChecksum(SnapshotStore store) {
    /** The violation of the claim, for an object that is to be imported in these parts. */
    Optional<Violation> requiresComparable(Blob blob, BlobFacts facts, PartPlan plan, Claim claim) {
        return claim.composite()
                .flatMap(composite -> isOfThePlannedParts(composite, plan))
                .or(() -> claim.wholeSha256().flatMap(whole -> isTheStores(whole, claim, blob, facts, plan)));
    }

    /** A checksum over other parts differs even if the bytes are right. */
    private static Optional<Violation> isOfThePlannedParts(String composite, PartPlan plan) {
        return composite.endsWith("-" + plan.count())
                ? Optional.empty()
                : refuse(
                        Code.CHECKSUM_MISMATCH,
                        composite,
                        "The expected checksum " + composite + " is of other parts: the object of "
                                + Count.of(plan.sizeBytes(), "byte") + " is imported in parts of "
                                + Count.of(plan.partSizeBytes(), "byte") + ", which makes " + Count.of(plan.count())
                                + ". " + command(plan) + ", or upload the disk again if it has another size");
    }

    private Optional<Violation> isTheStores(String whole, Claim claim, Blob blob, BlobFacts facts, PartPlan plan) {
        var given = Objects.requireNonNullElse(claim.checksum(), whole);
        var stored = store.wholeSha256(blob, facts.eTag());
        if (stored.isEmpty()) {
            return refuse(
                    Code.INVALID_PARAMETER,
                    given,
                    "A plain SHA-256 cannot be compared: S3 has none of the whole object " + blob
                            + ", and no byte of an import passes through a function. " + command(plan)
                            + ", or upload the disk in one PUT with --checksum-algorithm SHA256 (at most 5 GiB)");
        }
        return stored.get().equals(whole)
                ? Optional.empty()
                : refuse(
                        Code.CHECKSUM_MISMATCH,
                        given,
                        "The SHA-256 of the object " + blob + " is " + claim.alike(stored.get()) + ", not the expected "
                                + given + "; upload the disk again");
    }

    /** Returns the advice for a checksum that can be compared. */
    private static String command(PartPlan plan) {
        return "Give the output of ./imageferry checksum --part-size " + plan.partSizeBytes() + " FILE";
    }

    private static Optional<Violation> refuse(Code code, String value, String detail) {
        return Optional.of(Violation.of(code, "expectedChecksum", value, detail));
    }
}
