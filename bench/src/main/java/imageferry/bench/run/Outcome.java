package imageferry.bench.run;

import imageferry.bench.model.Bound;
import imageferry.bench.model.ListPrices;
import imageferry.bench.report.Row;
import imageferry.bench.store.RequestStatistics;
import imageferry.bench.timing.Calibration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings and result of one run, as the server recorded it.
 *
 * @param partSizeBytes the size of the tool's parts; the whole size for a single request
 * @param outsideS3 cost outside S3, in dollars
 * @param failure why the copy failed, if it did
 */
record Outcome(
        String tool,
        String settings,
        Calibration calibration,
        long sizeBytes,
        String kind,
        int width,
        long partSizeBytes,
        RequestStatistics statistics,
        double outsideS3,
        @Nullable String failure) {
    Row row() {
        var bound = new Bound(calibration, width);
        var seconds = inSeconds(statistics.taken());
        var gib = ListPrices.gib(sizeBytes);
        var otherCost = statistics.dollars() + outsideS3;
        var failed = failure != null;
        return new Row(
                tool,
                settings,
                calibration.name(),
                sizeBytes,
                failed ? null : rounded(seconds, 3),
                failed ? null : rounded(inSeconds(statistics.beforeCopying()), 3),
                failed ? null : rounded(inSeconds(statistics.afterCopying()), 3),
                failed ? null : rounded(inSeconds(bound.time(sizeBytes)) / seconds, 3),
                Bound.isLegal(sizeBytes, partSizeBytes) ? rounded(bound.regret(sizeBytes, partSizeBytes), 3) : null,
                statistics.requests(),
                rounded(ListPrices.gib(statistics.copiedBytes()) * calibration.priceOfTransfer() + otherCost, 6),
                kind,
                width,
                statistics.slowDowns(),
                failed ? 0 : rounded(allowedShare(), 3),
                rounded(otherCost / (gib * (calibration.priceOfTransfer() + ListPrices.STORAGE)), 5),
                failure);
    }

    private double allowedShare() {
        var parts = Math.ceilDiv(sizeBytes, partSizeBytes);
        var perSecond = calibration.copiesPerSecond();
        return parts / (perSecond + perSecond * inSeconds(statistics.admitting(parts)));
    }

    private static double inSeconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double rounded(double value, int places) {
        var factor = Math.pow(10, places);
        return Math.round(value * factor) / factor;
    }
}
