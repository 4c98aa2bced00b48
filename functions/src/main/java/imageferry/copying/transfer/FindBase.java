package imageferry.copying.transfer;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import imageferry.copying.Base;
import imageferry.copying.Copy;
import imageferry.copying.Source;
import imageferry.image.Image;
import imageferry.image.Images;
import imageferry.image.Versions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartPlan;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UploadGone;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an older version of the image that is copied in the target's region, and compares the two part by part. A
 * base saves time and money and decides nothing: each part is proven against the source in the end, as any other.
 */
record FindBase(Images images, Versions versions, SnapshotStore store) {
    /**
     * Returns the base; empty when no older version has an equal part.
     *
     * <p>Parts that a retry took over were moved, or taken from a base, by the copy that it retries: these are not looked for,
     * so that the same bytes are reported once.
     */
    Optional<Base> of(Copy copy) {
        return copy.source() instanceof Source.OfImage source
                ? images.find(source.image())
                        .flatMap(image -> versions.newestLike(image, copy.region(), copy.partSizeBytes()))
                        .flatMap(version -> compared(copy, version))
                : Optional.empty();
    }

    private Optional<Base> compared(Copy copy, Image version) {
        try (var together = new SideBySide()) {
            var ours = together.ask(() -> checksums(copy.source().blob(), copy.bytesTotal(), copy.partSizeBytes()));
            var theirs = together.ask(
                    () -> checksums(version.blob(), version.content().sizeBytes(), copy.partSizeBytes()));
            var facts = together.ask(() -> store.look(version.blob()));
            var present = together.ask(() -> uploaded(copy));
            return facts.get().flatMap(known -> {
                var missing = ours.get();
                missing.keySet().removeAll(present.get());
                return compared(version, known, missing, theirs.get());
            });
        } catch (StoreRefused unusable) {
            return Optional.empty();
        }
    }

    private Map<Integer, Part> checksums(Blob blob, long sizeBytes, long partSizeBytes) {
        return store.parts(blob, new PartPlan(sizeBytes, partSizeBytes).count()).stream()
                .collect(toMap(Part::number, part -> part));
    }

    private Set<Integer> uploaded(Copy copy) {
        var upload = copy.upload();
        if (upload == null) {
            return Set.of();
        }
        try {
            var count = copy.plan().count();
            return store.uploadedParts(copy.target(), upload, 1, count).stream()
                    .map(Part::number)
                    .collect(toSet());
        } catch (UploadGone _) {
            return Set.of();
        }
    }

    private static Optional<Base> compared(
            Image version, BlobFacts facts, Map<Integer, Part> ours, Map<Integer, Part> theirs) {
        var equal = ours.values().stream()
                .filter(part -> isSame(part, theirs.get(part.number())))
                .mapToInt(Part::number)
                .toArray();
        return equal.length == 0
                ? Optional.empty()
                : Optional.of(Base.of(
                        version.id(),
                        version.content().snapshot(),
                        facts.eTag(),
                        facts.sizeBytes(),
                        Arrays.stream(equal)));
    }

    private static boolean isSame(Part ours, @Nullable Part theirs) {
        return theirs != null
                && ours.sizeBytes() == theirs.sizeBytes()
                && ours.sha256().equals(theirs.sha256());
    }
}
