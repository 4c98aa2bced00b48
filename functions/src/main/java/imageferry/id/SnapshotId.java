package imageferry.id;

/** Names a snapshot: {@code s-} and 17 characters of lowercase base32. */
public record SnapshotId(String value) {
    /** @throws IllegalArgumentException when the text is not such an id; use {@link #isOne} for a caller's text */
    public SnapshotId {
        Ids.require("s", value);
    }

    public static boolean isOne(String text) {
        return Ids.isOne("s", text);
    }

    /** The snapshot that a copy makes: of the same 17 characters, so that bytes without a record can be traced. */
    public static SnapshotId madeBy(CopyId copy) {
        return new SnapshotId("s" + copy.value().substring(1));
    }

    /** The copy that first made it; a retry may have taken it over since. */
    public CopyId madeBy() {
        return new CopyId("c" + value.substring(1));
    }

    @Override
    public String toString() {
        return value;
    }
}
