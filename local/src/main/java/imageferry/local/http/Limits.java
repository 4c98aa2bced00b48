package imageferry.local.http;

import java.time.Duration;

/**
 * What clients of one port may take.
 *
 * @param atOnce requests that are answered at the same time
 * @param waiting requests that may wait for their turn; all others are refused at once
 * @param longestWait after which a waiting request is refused
 * @param idle after which a connection is closed on which nothing moves
 * @param headers between two looks at a connection; headers that are not complete at the second one are given up
 * @param ending that requests which are being answered get when the port is closed
 */
public record Limits(int atOnce, int waiting, Duration longestWait, Duration idle, Duration headers, Duration ending) {
    /** A connection stays open longer than Java's clients keep one for their next request, which is 30 s. */
    public static Limits of(int atOnce, Duration ending) {
        return new Limits(
                atOnce, 10_000, Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(15), ending);
    }
}
