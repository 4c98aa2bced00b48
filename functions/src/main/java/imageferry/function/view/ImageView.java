package imageferry.function.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.image.Image;
import imageferry.sharing.VisibleImages.Seen;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An image as callers see it. */
public record ImageView(
        String imageId,
        String name,
        String region,
        String owner,
        String category,
        String status,
        @Nullable String progress,
        long sizeBytes,
        @Nullable String format,
        @Nullable Long virtualSizeBytes,
        @Nullable String bootMode,
        @Nullable ChecksumView checksum,
        @Nullable String description,
        @Nullable String family,
        Map<String, String> tags,
        @JsonProperty("protected") boolean guarded,
        @JsonProperty("public") boolean published,
        @Nullable String productCode,
        @Nullable SourceView source,
        Instant createdAt,
        @Nullable Instant sharedSince,
        @Nullable Instant purgeAt) {
    /**
     * Its origin, for its owner alone: no other caller may learn of the source. An import has no source image, only the
     * copy that made it.
     */
    public record SourceView(
            @Nullable String imageId, @Nullable String region, String copyId) {
        private static SourceView of(Image image) {
            var source = image.origin().source();
            return new SourceView(
                    source == null ? null : source.image().value(),
                    source == null ? null : source.region().name(),
                    image.madeBy().value());
        }
    }

    static ImageView of(Seen seen, @Nullable String progress) {
        var image = seen.image();
        var productCode = image.terms().productCode();
        var disk = image.content().disk();
        var bootMode = disk == null ? null : disk.bootMode();
        var checksum = image.checksum();
        return new ImageView(
                image.id().value(),
                image.name().value(),
                image.region().name(),
                image.owner().value(),
                seen.category().toString(),
                image.status().toString(),
                progress,
                image.content().sizeBytes(),
                disk == null ? null : disk.format().toString(),
                disk == null ? null : disk.virtualSizeBytes(),
                bootMode == null ? null : bootMode.toString(),
                checksum == null ? null : ChecksumView.of(checksum),
                image.labels().description(),
                image.labels().family(),
                new TreeMap<>(image.labels().tags()),
                image.terms().isProtected(),
                image.publication() == Image.Publication.PUBLIC,
                productCode == null ? null : productCode.value(),
                seen.byOwner() ? SourceView.of(image) : null,
                image.origin().createdAt(),
                seen.sharedSince(),
                image.bin().map(Image.InBin::purgeAt).orElse(null));
    }
}
