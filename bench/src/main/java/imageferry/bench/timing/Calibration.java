package imageferry.bench.timing;

import java.time.Duration;
import java.util.List;

/**
 * Rates, overheads and limits of one simulated S3.
 *
 * <p>Rates and overheads of part copies are fits to two published measurements: awslabs/aws-c-s3 pull request 288 (same
 * region, 2023) and orinbou/s3-copy-with-mm (Tokyo to Osaka, 2024). The round trip of a request that copies nothing is
 * our assumption: no published figure was found.
 *
 * @param bytesPerSecond how fast one stream copies
 * @param perCopy overhead of each request that copies, in addition to its bytes
 * @param roundTrip time of every other request
 * @param copiesPerSecond copying requests that a bucket admits in a second; also the size of a burst
 * @param faultRates how often an admitted copy fails
 * @param priceOfTransfer dollars for each GiB transferred
 */
public record Calibration(
        String name,
        double bytesPerSecond,
        Duration perCopy,
        Duration roundTrip,
        double copiesPerSecond,
        FaultRates faultRates,
        double priceOfTransfer) {
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final double MIB = 1 << 20;
    /** Copying requests in a second that S3 guarantees for one partition of a bucket. */
    private static final double PROMISED = 3_500;

    public static final Calibration SAME_REGION =
            new Calibration("SAME-REGION", 80 * MIB, Duration.ofMillis(300), ROUND_TRIP, PROMISED, FaultRates.NONE, 0);

    public static final Calibration CROSS_REGION =
            new Calibration("CROSS-REGION", 4.7e6, Duration.ofMillis(150), ROUND_TRIP, PROMISED, FaultRates.NONE, 0.02);

    /** A bucket that S3 has not split yet, on a bad day. */
    public static final Calibration THROTTLED = new Calibration(
            "THROTTLED", 80 * MIB, Duration.ofMillis(300), ROUND_TRIP, 100, new FaultRates(0.005, 0.001), 0);

    public static final List<Calibration> ALL = List.of(SAME_REGION, CROSS_REGION, THROTTLED);

    /** @throws IllegalArgumentException when no calibration has that name */
    public static Calibration named(String name) {
        return ALL.stream()
                .filter(calibration -> calibration.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No calibration has the name " + name));
    }

    /** Returns the time in which one request copies these bytes. */
    public Duration copying(long bytes) {
        return perCopy.plusNanos(Math.round(bytes / bytesPerSecond * 1e9));
    }

    @Override
    public String toString() {
        return name;
    }
}
