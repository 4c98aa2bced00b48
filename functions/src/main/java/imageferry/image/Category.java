package imageferry.image;

/** The reason why a caller sees an image. */
public enum Category {
    /** The caller's own. */
    CUSTOM("custom"),
    /** Another account shared it with the caller. */
    SHARED("shared"),
    /** Published by the operator for everybody. */
    PUBLIC("public"),
    /** Published by the operator with a product code. */
    MARKETPLACE("marketplace");

    private final String word;

    Category(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
