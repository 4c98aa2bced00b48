package imageferry.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as text whose alphabetical order is the order of time, which {@link Instant#toString} does not promise. */
public final class Moments {
    private static final DateTimeFormatter FIXED_WIDTH =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Moments() {}

    public static String sortable(Instant instant) {
        return FIXED_WIDTH.format(instant);
    }
}
