package imageferry.local.http;

import java.time.Duration;

/**
 * The limits for the clients of one port.
 *
 * @param atOnce requests that are answered concurrently
 * @param waiting requests that may wait for their turn; all others are refused at once
 * @param longestWait after which a waiting request is refused
 * @param idle after which a connection without traffic is closed
 * @param headers between two checks of a connection; headers that are incomplete at the second one are given up
 * @param ending time for running requests when the port is closed
 */
public record PortLimits(
        int atOnce, int waiting, Duration longestWait, Duration idle, Duration headers, Duration ending) {
    /** A connection stays open longer than Java's clients keep one for their next request, which is 30 s. */
    public static PortLimits of(int atOnce, Duration ending) {
        return new PortLimits(
                atOnce, 10_000, Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(15), ending);
    }
}
