package imageferry.id;

/** Names a copy: {@code c-} and 17 characters of lowercase base32. */
public record CopyId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for a caller's text */
    public CopyId {
        Ids.require("c", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("c", text);
    }

    public static CopyId random(Ids ids) {
        return new CopyId(ids.next("c"));
    }

    @Override
    public String toString() {
        return value;
    }
}
