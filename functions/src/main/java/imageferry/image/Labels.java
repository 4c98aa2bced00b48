package imageferry.image;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The owner's description of an image, which changes nothing about its bytes.
 *
 * @param description 2–256 characters
 * @param family names the line of versions that the image belongs to; follows the rule of {@link ImageName}
 * @param tags at most 20
 */
public record Labels(@Nullable String description, @Nullable String family, Map<String, String> tags) {
    public static final Labels NONE = new Labels(null, null, Map.of());

    public Labels {
        tags = Map.copyOf(tags);
    }

    public static Labels withoutFamily(@Nullable String description, Map<String, String> tags) {
        return new Labels(description, null, tags);
    }

    /** Returns whether a text can be a description: 2–256 characters, no control characters but tab and line breaks. */
    public static boolean isDescription(String text) {
        var length = text.codePointCount(0, text.length());
        return length >= 2
                && length <= 256
                && text.chars().noneMatch(c -> (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f);
    }

    /** The same of an image in that family, or in none: a copy belongs to the family of its source. */
    public Labels in(@Nullable String otherFamily) {
        return new Labels(description, otherFamily, tags);
    }
}
