package imageferry.local.store;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps the servers' own log lines off the terminal: the user sees Imageferry's messages only. */
final class QuietLogs {
    /** Referenced here because {@code java.util.logging} forgets an unreferenced logger, and its level. */
    private static final List<Logger> SILENCED = Stream.of(
                    "com.adobe.testing.s3mock",
                    "com.almworks.sqlite4java",
                    "org.apache.catalina",
                    "org.apache.coyote",
                    "org.apache.tomcat",
                    "org.eclipse.jetty",
                    "org.springframework",
                    "software.amazon.dynamodb")
            .map(Logger::getLogger)
            .toList();

    private QuietLogs() {}

    static void silence() {
        SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
