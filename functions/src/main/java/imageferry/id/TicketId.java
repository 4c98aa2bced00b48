package imageferry.id;

/** Names a ticket: {@code k-} and 17 characters of lowercase base32. */
public record TicketId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for a caller's text */
    public TicketId {
        Ids.require("k", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("k", text);
    }

    public static TicketId random(Ids ids) {
        return new TicketId(ids.next("k"));
    }

    @Override
    public String toString() {
        return value;
    }
}
