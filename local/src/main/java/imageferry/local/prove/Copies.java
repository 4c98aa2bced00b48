package imageferry.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Requests copies and waits for them. */
record Copies(Installation installation) {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final long GIB = 1L << 30;
    private static final int MINUTES = 15;
    private static final int MINUTES_PER_GIB = 10;

    /** Starts a copy of the imported image into the other region, and returns it. */
    JsonNode start(String purpose) throws Exception {
        var name = installation.settings().run() + "-" + purpose;
        var target = Map.of("region", installation.settings().other(), "name", name);
        return installation
                .api()
                .post(
                        "/images/" + installation.original() + "/copies",
                        Map.of("targets", List.of(target), "clientToken", name))
                .ok()
                .at("/copies/0");
    }

    JsonNode ended(JsonNode copy) throws Exception {
        return until(copy, "the end of " + id(copy), Copies::hasEnded);
    }

    JsonNode until(JsonNode copy, String condition, Predicate<JsonNode> enough) throws Exception {
        return patience().until(condition, () -> now(copy), enough);
    }

    JsonNode now(JsonNode copy) throws Exception {
        return installation.api().get("/copies/" + id(copy)).ok();
    }

    /** Returns a wait that is long enough for a disk of the run, also where few functions may run at once. */
    Polling patience() {
        var gib = installation.settings().bytes() / GIB;
        return new Polling(PAUSE, Duration.ofMinutes(MINUTES + gib * MINUTES_PER_GIB));
    }

    static boolean hasEnded(JsonNode copy) {
        return copy.has("endedAt");
    }

    static String id(JsonNode copy) {
        return copy.path("copyId").asText();
    }

    static String image(JsonNode copy) {
        return copy.path("imageId").asText();
    }

    static String status(JsonNode copy) {
        return copy.path("status").asText();
    }

    /** Returns the status, and the reason if the copy failed. */
    static String described(JsonNode copy) {
        var reason = copy.at("/reason/detail").asText();
        return status(copy) + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
