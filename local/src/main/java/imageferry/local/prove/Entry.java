package imageferry.local.prove;

import java.time.Duration;

/** A line of the report. */
record Entry(String name, String asked, Outcome outcome, Duration duration) {}
