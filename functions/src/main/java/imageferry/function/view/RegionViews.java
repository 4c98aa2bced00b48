package imageferry.function.view;

import imageferry.account.Caller;
import imageferry.copying.Limits;
import imageferry.copying.Reason;
import imageferry.copying.queue.Slots;
import imageferry.image.Images;
import imageferry.ownership.Ownership;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds the view of each enabled region for a caller. It has the bucket, the use of the slots, the caller's quotas, and a
 * problem that prevents copies.
 *
 * @param slotsPerRegion the limit of copies that move bytes into one region at once
 */
public record RegionViews(
        Regions regions, Ownership ownership, Slots slots, long slotsPerRegion, Images images, Limits limits) {
    public RegionView.Regions of(Caller caller) {
        return new RegionView.Regions(SideBySide.all(regions.enabled().stream()
                .<Supplier<RegionView>>map(region -> () -> region(caller, region))
                .toList()));
    }

    private RegionView region(Caller caller, Region region) {
        var use = slots.use(region);
        return new RegionView(
                region.name(),
                regions.bucket(region),
                Regions.importPrefix(caller.account()),
                new RegionView.Places(slotsPerRegion, use.holders().size()),
                slots.waiting(region),
                use.throughput() == null ? null : use.throughput().bytesPerSecond(),
                RegionView.Quotas.of(images.quota(caller.account(), region), limits),
                problem(region));
    }

    /** An outage of the region's store hides the problem, not the region. */
    private CopyView.@Nullable ReasonView problem(Region region) {
        try {
            return ownership
                    .refusal(region)
                    .map(detail -> new CopyView.ReasonView(Reason.REGION_OF_ANOTHER_INSTALLATION, detail))
                    .orElse(null);
        } catch (StoreUnavailable | StoreRefused outage) {
            return null;
        }
    }
}
