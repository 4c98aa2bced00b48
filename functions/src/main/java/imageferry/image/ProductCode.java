package imageferry.image;

/** Names the product in the marketplace that an image belongs to: 2–64 letters, digits and hyphens, no hyphen first. */
public record ProductCode(String value) {
    /** @throws IllegalArgumentException when the text breaks the rule; use {@link #isOne} for a caller's text */
    public ProductCode {
        if (!isOne(value)) {
            throw new IllegalArgumentException("\"" + value
                    + "\" is not a product code; expected 2–64 letters, digits and" + " hyphens, no hyphen first");
        }
    }

    public static boolean isOne(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9-]{1,63}");
    }

    @Override
    public String toString() {
        return value;
    }
}
