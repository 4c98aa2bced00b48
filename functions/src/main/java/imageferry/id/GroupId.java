package imageferry.id;

/** Names the copies of one request: {@code g-} and 17 characters of lowercase base32. */
public record GroupId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for a caller's text */
    public GroupId {
        Ids.require("g", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("g", text);
    }

    public static GroupId random(Ids ids) {
        return new GroupId(ids.next("g"));
    }

    @Override
    public String toString() {
        return value;
    }
}
