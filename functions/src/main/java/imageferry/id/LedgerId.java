package imageferry.id;

/** Names one table of records: {@code l-} and 17 characters of lowercase base32. */
public record LedgerId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for stored text */
    public LedgerId {
        Ids.require("l", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("l", text);
    }

    public static LedgerId random(Ids ids) {
        return new LedgerId(ids.next("l"));
    }

    @Override
    public String toString() {
        return value;
    }
}
