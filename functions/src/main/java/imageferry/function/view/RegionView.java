package imageferry.function.view;

import imageferry.copying.Limits;
import imageferry.image.Quota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enabled region as one caller sees it.
 *
 * @param slots how many copies, of all callers, may move bytes into the region at once, and how many do
 * @param bytesPerSecond the recent throughput of one slot; absent until the first copy ended there
 * @param problem why every copy into the region fails; absent if nothing is known to prevent them
 */
public record RegionView(
        String region,
        String bucket,
        String importPrefix,
        Places slots,
        int queueLength,
        @Nullable Long bytesPerSecond,
        Quotas quotas,
        CopyView.@Nullable ReasonView problem) {
    /** A limit and its present use. */
    public record Places(long limit, long used) {}

    /** The caller's quotas in the region, and their use. */
    public record Quotas(Places images, Places runningCopies) {
        public static Quotas of(Quota used, Limits limits) {
            return new Quotas(
                    new Places(limits.imagesPerRegion(), used.images()),
                    new Places(limits.copiesPerRegion(), used.runningCopies()));
        }
    }

    /** All enabled regions, the home region first. */
    public record Regions(List<RegionView> regions) {}
}
