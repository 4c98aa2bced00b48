package imageferry.id;

/** Names a snapshot: {@code s-} and 17 characters of lowercase base32. */
public record SnapshotId(String value) {

    /** @throws IllegalArgumentException when the text is no such id; use {@link #isOne} on what a caller sent */
    public SnapshotId {
        Ids.require("s", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("s", text);
    }

    public static SnapshotId random(Ids ids) {
        return new SnapshotId(ids.next("s"));
    }

    @Override
    public String toString() {
        return value;
    }
}
