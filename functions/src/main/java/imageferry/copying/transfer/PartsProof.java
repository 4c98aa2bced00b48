package imageferry.copying.transfer;

import imageferry.rule.Count;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartPlan;
import java.util.List;
import java.util.Optional;

/** The proof of the parts: as many as planned, in order, of the planned sizes, each with its expected SHA-256. */
final class PartsProof {
    private PartsProof() {}

    /** Returns the first flaw of the parts by themselves; a part without proof counts as a flaw. */
    static Optional<String> flaw(PartPlan plan, List<Part> parts) {
        if (parts.size() != plan.count()) {
            return Optional.of("expected %s with a SHA-256, found %s"
                    .formatted(Count.of(plan.count(), "part"), Count.of(parts.size())));
        }
        for (var number = 1; number <= plan.count(); number++) {
            var part = parts.get(number - 1);
            if (part.number() != number) {
                return Optional.of("part %d is missing".formatted(number));
            }
            if (part.sizeBytes() != plan.sizeOf(number)) {
                return Optional.of("part %d has %s instead of %s"
                        .formatted(number, Count.of(part.sizeBytes(), "byte"), Count.of(plan.sizeOf(number))));
            }
            if (!part.hasSha256()) {
                return Optional.of("part %d has no SHA-256".formatted(number));
            }
        }
        return Optional.empty();
    }

    /** The same, and the first part whose bytes are not the reference's. */
    static Optional<String> flaw(PartPlan plan, List<Part> parts, List<Part> reference) {
        return flaw(plan, parts)
                .or(() -> plan.numbers()
                        .filter(number -> !parts.get(number - 1)
                                .sha256()
                                .equals(reference.get(number - 1).sha256()))
                        .mapToObj(number -> "part %d has the SHA-256 %s instead of %s"
                                .formatted(
                                        number,
                                        parts.get(number - 1).sha256(),
                                        reference.get(number - 1).sha256()))
                        .findFirst());
    }
}
