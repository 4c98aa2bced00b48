package imageferry.function.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enabled region as one caller sees it.
 *
 * @param bytesPerSecond what one slot carried lately; absent until the first copy ended there
 */
public record RegionView(
        String region,
        String bucket,
        String importPrefix,
        Places slots,
        int queueLength,
        @Nullable Long bytesPerSecond) {
    /** How many copies may move bytes into the region at once, and how many do. */
    public record Places(long limit, int used) {}

    /** All enabled regions, the home region first. */
    public record Regions(List<RegionView> regions) {}
}
