package imageferry.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A time in which a port answers no call.
 *
 * @param port the first word of the call's name
 * @param from in microseconds since the beginning
 * @param to in microseconds since the beginning
 */
record Outage(String port, long from, long to) {
    private static final List<String> PORTS = List.of("Store", "Store", "Ledger", "Executions");
    private static final long MINUTE = 60_000_000;

    static Outage of(SplittableRandom random, long pauses) {
        var from = random.nextLong(2 * pauses);
        return new Outage(PORTS.get(random.nextInt(PORTS.size())), from, from + random.nextLong(20 * MINUTE));
    }

    boolean concerns(String what, long time) {
        return time >= from && time < to && what.startsWith(port);
    }
}
