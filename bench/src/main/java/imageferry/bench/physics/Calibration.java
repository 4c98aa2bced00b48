package imageferry.bench.physics;

import java.time.Duration;
import java.util.List;

/**
 * A named set of physics.
 *
 * <p>Rates and overheads of part copies are fits to two published measurements: awslabs/aws-c-s3 pull request 288 (same
 * region, 2023) and orinbou/s3-copy-with-mm (Tokyo to Osaka, 2024). The round trip of a request that copies nothing is
 * our assumption, as nobody publishes one.
 *
 * @param bytesPerSecond how fast one stream copies
 * @param perCopy what each request that copies costs besides its bytes
 * @param roundTrip what every other request costs
 * @param copiesPerSecond how many copying requests a bucket takes in a second; as many again may come at once
 * @param mishaps how often a copy fails that was let in
 * @param priceOfTransfer dollars for a GiB that moves
 */
public record Calibration(
        String name,
        double bytesPerSecond,
        Duration perCopy,
        Duration roundTrip,
        double copiesPerSecond,
        Mishaps mishaps,
        double priceOfTransfer) {

    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final double MIB = 1 << 20;
    /** What S3 promises at least for one partition of a bucket. */
    private static final double PROMISED = 3_500;

    public static final Calibration SAME_REGION =
            new Calibration("SAME-REGION", 80 * MIB, Duration.ofMillis(300), ROUND_TRIP, PROMISED, Mishaps.NONE, 0);

    public static final Calibration CROSS_REGION =
            new Calibration("CROSS-REGION", 4.7e6, Duration.ofMillis(150), ROUND_TRIP, PROMISED, Mishaps.NONE, 0.02);

    /** A bucket that S3 has not split yet, on a bad day. */
    public static final Calibration THROTTLED = new Calibration(
            "THROTTLED", 80 * MIB, Duration.ofMillis(300), ROUND_TRIP, 100, new Mishaps(0.005, 0.001), 0);

    public static final List<Calibration> ALL = List.of(SAME_REGION, CROSS_REGION, THROTTLED);

    /** The one of that name. */
    public static Calibration named(String name) {
        return ALL.stream()
                .filter(calibration -> calibration.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no calibration " + name));
    }

    /** How long one request takes to copy so many bytes. */
    public Duration copying(long bytes) {
        return perCopy.plusNanos(Math.round(bytes / bytesPerSecond * 1e9));
    }

    /** The same physics with another round trip. */
    public Calibration withRoundTrip(Duration other) {
        return new Calibration(name, bytesPerSecond, perCopy, other, copiesPerSecond, mishaps, priceOfTransfer);
    }

    @Override
    public String toString() {
        return name;
    }
}
