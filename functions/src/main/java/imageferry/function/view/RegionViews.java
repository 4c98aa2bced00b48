package imageferry.function.view;

import imageferry.account.Caller;
import imageferry.copying.Limits;
import imageferry.copying.queue.Slots;
import imageferry.image.Images;
import imageferry.region.Region;
import imageferry.region.Regions;

/**
 * Builds the view of each enabled region for a caller: its bucket, the use of its slots, and the caller's quotas.
 *
 * @param slotsPerRegion the limit of copies that move bytes into one region at once
 */
public record RegionViews(Regions regions, Slots slots, long slotsPerRegion, Images images, Limits limits) {
    public RegionView.Regions of(Caller caller) {
        return new RegionView.Regions(
                regions.enabled().stream().map(region -> region(caller, region)).toList());
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
                RegionView.Quotas.of(images.quota(caller.account(), region), limits));
    }
}
