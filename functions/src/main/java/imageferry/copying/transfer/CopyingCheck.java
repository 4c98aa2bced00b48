package imageferry.copying.transfer;

import imageferry.copying.Copies;
import imageferry.copying.CopyStatus;
import imageferry.id.CopyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Stops the start of further parts once the copy's end is decided. All streams share one reading. */
final class CopyingCheck {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Copies copies;
    private final CopyId id;
    private final InstantSource clock;
    private @Nullable Instant readAt;
    private boolean copying;

    CopyingCheck(Copies copies, CopyId id, InstantSource clock) {
        this.copies = copies;
        this.id = id;
        this.clock = clock;
    }

    /** Returns whether the copy is still copying, as read within the last second; the first call always reads it. */
    synchronized boolean isCopying() {
        var now = clock.instant();
        if (readAt == null || !now.isBefore(readAt.plus(FRESH))) {
            copying = copies.require(id).status() == CopyStatus.COPYING;
            readAt = now;
        }
        return copying;
    }
}
