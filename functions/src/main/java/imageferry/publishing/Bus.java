package imageferry.publishing;

import java.util.List;
import java.util.OptionalInt;

/** Publishes events to subscribers. */
public interface Bus {
    /**
     * Publishes in this order.
     *
     * @return the index of the first event that was not taken; it and everything after it is to be sent again
     */
    OptionalInt publish(List<Event> events);
}
