package imageferry.id;

/** Names an image: {@code m-} and 17 characters of lowercase base32. */
public record ImageId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for a caller's text */
    public ImageId {
        Ids.require("m", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("m", text);
    }

    public static ImageId random(Ids ids) {
        return new ImageId(ids.next("m"));
    }

    @Override
    public String toString() {
        return value;
    }
}
