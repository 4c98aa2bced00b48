package imageferry.removal;

import imageferry.image.Image;
import java.time.Duration;
import java.time.Instant;

/**
 * The terms of the bin, where a deleted image stays until its bytes are purged.
 *
 * @param days the time that an image stays, 0–365 days; with 0 there is no bin
 * @param mostRecycled the maximum number of images in it for each account and region
 */
public record Bin(int days, long mostRecycled) {
    /** Returns whether an image goes into the bin when it is deleted; one without bytes has nothing to restore. */
    boolean takes(Image image) {
        return days > 0 && image.hasBytes();
    }

    Instant purgeAt(Instant now) {
        return now.plus(Duration.ofDays(days));
    }
}
