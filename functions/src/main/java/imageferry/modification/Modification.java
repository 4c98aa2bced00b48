package imageferry.modification;

import imageferry.image.Image;
import imageferry.image.Image.Publication;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.image.ProductCode;
import imageferry.image.Revision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A caller's request to change an image. A null field stays unchanged; an empty text removes the field's value.
 *
 * @param tags all tags of the image after the change
 * @param status {@link ImageStatus#AVAILABLE} or {@link ImageStatus#DEPRECATED}
 * @param productCode empty to withdraw the image from the marketplace
 */
public record Modification(
        @Nullable ImageName name,
        @Nullable String description,
        @Nullable String family,
        @Nullable Map<String, String> tags,
        @Nullable ImageStatus status,
        @Nullable Boolean isProtected,
        @Nullable Boolean isPublic,
        @Nullable String productCode) {
    /** Returns whether the image would be public and in the marketplace at once, which it cannot be. */
    boolean offersTwice(Image image) {
        return becomesPublic(image) && becomesProduct(image) != null;
    }

    /** @throws IllegalStateException when it {@link #offersTwice} */
    Revision of(Image image) {
        if (offersTwice(image)) {
            throw new IllegalStateException("Image " + image.id() + " cannot be public and in the marketplace");
        }
        var labels = new Labels(
                changed(description, image.labels().description()),
                changed(family, image.labels().family()),
                tags == null ? image.labels().tags() : tags);
        return new Revision(
                image,
                image.revised(
                        status == null ? image.status() : status,
                        new Image.Terms(
                                name == null ? image.name() : name,
                                labels,
                                publication(image),
                                becomesProduct(image),
                                isProtected == null ? image.terms().isProtected() : isProtected)));
    }

    private Publication publication(Image image) {
        if (becomesProduct(image) != null) {
            return Publication.MARKETPLACE;
        }
        return becomesPublic(image) ? Publication.PUBLIC : Publication.PRIVATE;
    }

    private boolean becomesPublic(Image image) {
        return isPublic == null ? image.publication() == Publication.PUBLIC : isPublic;
    }

    private @Nullable ProductCode becomesProduct(Image image) {
        if (productCode == null) {
            return image.terms().productCode();
        }
        return productCode.isEmpty() ? null : new ProductCode(productCode);
    }

    private static @Nullable String changed(@Nullable String asked, @Nullable String present) {
        if (asked == null) {
            return present;
        }
        return asked.isEmpty() ? null : asked;
    }
}
