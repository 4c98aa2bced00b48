package imageferry.publishing;

import java.time.Instant;

/**
 * One thing that happened, for subscribers.
 *
 * @param kind the detail type, as {@code Image State Change}
 * @param detail a JSON object
 */
public record Event(String kind, String detail, Instant time) {}
