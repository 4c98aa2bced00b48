package imageferry.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The parameters of one history: narrow limits, which cause races, and a choice of faults, because all of them at once
 * hide each other.
 *
 * @param slotsPerAccount 0 for no cap
 * @param bytesPerMonth 0 for no limit
 * @param troubles the probability of each fault where it can happen, 0 to 1; absent means never
 * @param stalls the share of calls that take seconds instead of milliseconds
 * @param acts the number of users' actions
 * @param pauses the longest wait of users between actions, in microseconds
 */
record HistorySettings(
        long slotsPerRegion,
        long slotsPerAccount,
        long imagesPerRegion,
        long copiesPerRegion,
        long sharesPerImage,
        long approvalAboveBytes,
        long bytesPerMonth,
        Map<OutsideFault, Double> troubles,
        List<Outage> outages,
        double stalls,
        int acts,
        long pauses) {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final List<Long> PAUSES = List.of(SECOND, 3 * SECOND, 3 * SECOND, 10 * MINUTE, 600 * MINUTE);

    static HistorySettings of(long seed) {
        var random = Seeds.random(seed, "setting");
        var tenants = Seeds.random(seed, "tenants");
        var pauses = PAUSES.get(random.nextInt(PAUSES.size()));
        return new HistorySettings(
                1 + random.nextInt(2),
                tenants.nextInt(2),
                random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 100,
                random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 100,
                random.nextInt(3) == 0 ? 1 : 50,
                random.nextInt(3) == 0 ? 12L << 20 : 500L << 30,
                tenants.nextInt(3) == 0 ? (5L + tenants.nextInt(40)) << 20 : 0,
                troubles(random),
                random.nextInt(6) == 0 ? List.of(Outage.of(random, pauses)) : List.of(),
                random.nextInt(3) == 0 ? 0.05 : 0.002,
                2 + random.nextInt(random.nextInt(4) == 0 ? 20 : 7),
                pauses);
    }

    /** Two slots in a region, of which an account may have one while another account waits, and no other limit. */
    HistorySettings crowded() {
        return new HistorySettings(2, 1, 100, 100, 50, 500L << 30, 0, troubles, outages, stalls, acts, pauses);
    }

    private static Map<OutsideFault, Double> troubles(SplittableRandom random) {
        var troubles = new EnumMap<OutsideFault, Double>(OutsideFault.class);
        var kind = random.nextInt(10);
        if (kind >= 3) {
            var most = kind >= 8 ? 0.05 : 0.01;
            for (var trouble : OutsideFault.values()) {
                if (random.nextInt(5) < 2) {
                    troubles.put(trouble, random.nextDouble() * most * (isRare(trouble) ? 10 : 1));
                }
            }
        }
        return troubles;
    }

    /** Returns whether it is possible in only a few of a history's events. */
    private static boolean isRare(OutsideFault trouble) {
        return trouble.compareTo(OutsideFault.LAGGING_INDEX) >= 0;
    }

    /** The number of slots that an account may hold while another account waits. */
    long accountCap() {
        return slotsPerAccount == 0 ? slotsPerRegion : slotsPerAccount;
    }

    double rate(OutsideFault trouble) {
        return troubles.getOrDefault(trouble, 0.0);
    }
}
