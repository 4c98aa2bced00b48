package imageferry.function.error;

/** The bytes differ from the expected ones; trying again would not help. */
public final class SnapshotCorrupt extends RuntimeException {
    /** @param reason a code, a colon and a sentence, as a {@code Reason} writes itself */
    public SnapshotCorrupt(String reason) {
        super(reason);
    }
}
