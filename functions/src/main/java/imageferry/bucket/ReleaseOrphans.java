package imageferry.bucket;

import imageferry.copying.ending.SweepOrphans;
import imageferry.ownership.Ownership;
import imageferry.region.Region;
import imageferry.rule.Count;
import java.time.InstantSource;
import java.util.List;

/** Puts all orphans of a region into quarantine, however many they are. */
public record ReleaseOrphans(Ownership ownership, SweepOrphans orphans, InstantSource clock) {
    public Decision release(Region region, Confirmation confirmation) {
        var refusal = ownership.refusal(region);
        if (refusal.isPresent()) {
            return Decision.refused(List.of(), refusal.get());
        }
        var found = orphans.found(region, clock.instant());
        var done = confirmation.isOf(found.size());
        if (done) {
            orphans.confirm(found, clock.instant());
        }
        var message = Count.of(found.size(), "snapshot") + " in " + region + " without an image in the table"
                + (done ? " will be deleted in 7 days" : found.isEmpty() ? "" : confirmation.next(found.size()));
        return Decision.of(done, found, message);
    }
}
