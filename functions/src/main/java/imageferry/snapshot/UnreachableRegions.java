package imageferry.snapshot;

import imageferry.region.Region;
import java.util.HashSet;
import java.util.Set;

/** The regions whose store was out of reach for one call of several: each further call would wait for its timeout. */
public final class UnreachableRegions {
    private final Set<Region> regions = new HashSet<>();

    public boolean contains(Region region) {
        return regions.contains(region);
    }

    /** Notes the failure of a call to a region; only one that says that the store was out of reach counts. */
    public void note(Region region, RuntimeException failure) {
        if (failure instanceof StoreUnavailable && !(failure instanceof UploadStillOpen)) {
            regions.add(region);
        }
    }
}
