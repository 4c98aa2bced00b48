package imageferry.image;

/** Statuses of an image, with the names that callers see. */
public enum ImageStatus {
    /** Its copy waits for approval or for a slot. */
    WAITING("Waiting"),
    /** Its copy moves bytes, or is being cleaned up. */
    CREATING("Creating"),
    AVAILABLE("Available"),
    /** Boots, but is neither copied nor shared. */
    DEPRECATED("Deprecated"),
    /** Its copy was cancelled. */
    UNAVAILABLE("UnAvailable"),
    /** Its copy failed. */
    CREATE_FAILED("CreateFailed"),
    /** Deleted by its owner, who can restore it until its bytes are purged. */
    RECYCLED("Recycled"),
    /** Gone for every caller; its bytes are being removed. */
    DELETING("Deleting");

    private final String word;

    ImageStatus(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException when no status has that word */
    public static ImageStatus of(String word) {
        for (var status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not an image status");
    }

    /** Returns whether instances may boot from it and its system disk may be downloaded. */
    public boolean usable() {
        return this == AVAILABLE || this == DEPRECATED;
    }

    /** Returns whether a copy is still making it. */
    public boolean inTheMaking() {
        return this == WAITING || this == CREATING;
    }

    @Override
    public String toString() {
        return word;
    }
}
