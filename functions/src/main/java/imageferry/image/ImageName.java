package imageferry.image;

/** A name, unique among an owner's images of one region: 2–128 characters, first a letter, then letters, digits, {@code . : _ -}. */
public record ImageName(String value) {
    /** @throws IllegalArgumentException when the text breaks the rule; use {@link #isOne} for a caller's text */
    public ImageName {
        if (!isOne(value)) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is not an image name; expected 2–128 characters, first a"
                            + " letter, then letters, digits, . : _ -");
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9.:_-]{1,127}");
    }

    @Override
    public String toString() {
        return value;
    }
}
