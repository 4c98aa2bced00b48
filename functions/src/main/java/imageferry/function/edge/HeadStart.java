package imageferry.function.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Loads the JSON classes while the function starts. AWS gives a start a whole processor, and a call of a function with 1,024 MB
 * little more than half of one.
 */
public final class HeadStart {
    /** One value of each kind in events, answers and log lines. */
    static final Sample SAMPLE = new Sample("text", 1, true, Map.of("key", List.of("value")), Instant.EPOCH);

    private HeadStart() {}

    record Sample(String text, long number, boolean flag, Map<String, List<String>> lists, Instant time) {}

    /** For processes that are one function. */
    public static void take() {
        thereAndBack();
    }

    static Sample thereAndBack() {
        return new LambdaSerializer().fromJson(Json.text(SAMPLE), Sample.class);
    }
}
