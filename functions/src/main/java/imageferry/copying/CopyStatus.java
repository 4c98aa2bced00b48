package imageferry.copying;

import imageferry.image.ImageStatus;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Statuses of a copy, with the names that callers see. */
public enum CopyStatus {
    PENDING_APPROVAL("PendingApproval", ImageStatus.WAITING),
    WAITING("Waiting", ImageStatus.WAITING),
    COPYING("Copying", ImageStatus.CREATING),
    /** The copy was cancelled, which is final; its bytes are being removed. */
    CANCELLING("Cancelling", ImageStatus.CREATING),
    /** The copy has failed, which is final; bytes that no retry can use are being removed. */
    FAILING("Failing", ImageStatus.CREATING),
    AVAILABLE("Available", ImageStatus.AVAILABLE),
    CANCELLED("Cancelled", ImageStatus.UNAVAILABLE),
    FAILED("Failed", ImageStatus.CREATE_FAILED);

    /** The statuses from which a copy can still become available, or be cancelled. */
    public static final Set<CopyStatus> LIVE =
            Collections.unmodifiableSet(EnumSet.of(PENDING_APPROVAL, WAITING, COPYING));

    /** The end is decided, the cleaning is not done. */
    public static final Set<CopyStatus> DECIDED = Collections.unmodifiableSet(EnumSet.of(CANCELLING, FAILING));

    private final String word;
    private final ImageStatus image;

    CopyStatus(String word, ImageStatus image) {
        this.word = word;
        this.image = image;
    }

    /** @throws IllegalArgumentException when no status has that word */
    public static CopyStatus of(String word) {
        for (var status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not a copy status");
    }

    public boolean live() {
        return LIVE.contains(this);
    }

    public boolean decided() {
        return DECIDED.contains(this);
    }

    public boolean ended() {
        return !live() && !decided();
    }

    /** Returns the status of the target image while the copy has this status. */
    public ImageStatus image() {
        return image;
    }

    @Override
    public String toString() {
        return word;
    }
}
