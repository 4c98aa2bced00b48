package imageferry.bench.run;

import imageferry.bench.model.Bound;
import imageferry.bench.model.Prices;
import imageferry.bench.physics.Calibration;
import imageferry.bench.report.Row;
import imageferry.bench.store.Account;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run was and what the server saw of it.
 *
 * @param partSizeBytes how the tool cuts the object; its whole size when it does not
 * @param besideS3 dollars for what runs beside S3
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
        Account account,
        double besideS3,
        @Nullable String failure) {

    Row row() {
        var bound = new Bound(calibration, width);
        var seconds = inSeconds(account.taken());
        var gib = Prices.gib(sizeBytes);
        var beside = account.dollars() + besideS3;
        var failed = failure != null;
        return new Row(
                tool,
                settings,
                calibration.name(),
                sizeBytes,
                failed ? null : rounded(seconds, 3),
                failed ? null : rounded(inSeconds(account.beforeCopying()), 3),
                failed ? null : rounded(inSeconds(account.afterCopying()), 3),
                failed ? null : rounded(inSeconds(bound.time(sizeBytes)) / seconds, 3),
                Bound.isLegal(sizeBytes, partSizeBytes) ? rounded(bound.regret(sizeBytes, partSizeBytes), 3) : null,
                account.requests(),
                rounded(Prices.gib(account.copiedBytes()) * calibration.priceOfTransfer() + beside, 6),
                kind,
                width,
                account.slowDowns(),
                failed ? 0 : rounded(allowedShare(), 3),
                rounded(beside / (gib * (calibration.priceOfTransfer() + Prices.STORAGE)), 5),
                failure);
    }

    private double allowedShare() {
        var parts = Math.ceilDiv(sizeBytes, partSizeBytes);
        var perSecond = calibration.copiesPerSecond();
        return parts / (perSecond + perSecond * inSeconds(account.admitting(parts)));
    }

    private static double inSeconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double rounded(double value, int places) {
        var factor = Math.pow(10, places);
        return Math.round(value * factor) / factor;
    }
}
