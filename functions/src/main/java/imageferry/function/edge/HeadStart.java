package imageferry.function.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Has what every call needs of JSON loaded beside the wiring of the handler, not while the first caller waits: the two load
 * different libraries, and a call has a smaller share of a processor than a start.
 */
public final class HeadStart {
    /** Of each kind of value that events, answers and log lines are made of, one. */
    static final Sample SAMPLE = new Sample("text", 1, true, Map.of("key", List.of("value")), Instant.EPOCH);

    private HeadStart() {}

    record Sample(String text, long number, boolean flag, Map<String, List<String>> lists, Instant time) {}

    /** Returns at once; for processes that are one function. */
    public static void begin() {
        Thread.ofPlatform().name("head-start").daemon().start(HeadStart::thereAndBack);
    }

    static Sample thereAndBack() {
        return new LambdaSerializer().fromJson(Json.text(SAMPLE), Sample.class);
    }
}
