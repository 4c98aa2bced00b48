package imageferry.id;

/** Names an instance: {@code i-} and 17 characters of lowercase base32. */
public record InstanceId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for a caller's text */
    public InstanceId {
        Ids.require("i", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("i", text);
    }

    public static InstanceId random(Ids ids) {
        return new InstanceId(ids.next("i"));
    }

    @Override
    public String toString() {
        return value;
    }
}
