package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Follows copies until they end, one progress bar each. */
record CopyWatch(ApiClient api, Console console) {
    private static final Set<String> ENDED = Set.of("Available", "Cancelled", "Failed");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    String untilEnded(String copyId) throws IOException, InterruptedException {
        return untilEnded(List.of(copyId)).getFirst();
    }

    /** Returns the final status of each copy, in the same order. */
    List<String> untilEnded(List<String> copyIds) throws IOException, InterruptedException {
        var bars = new LinkedHashMap<String, Console.Bar>();
        while (true) {
            for (var id : copyIds) {
                var copy = api.get("/copies/" + id).orExplain();
                bars.put(id + " " + copy.path("region").asText(), bar(copy));
            }
            if (bars.values().stream()
                    .allMatch(bar -> ENDED.contains(bar.status().split(" ", 2)[0]))) {
                console.ended(bars);
                return bars.values().stream()
                        .map(bar -> bar.status().split(" ", 2)[0])
                        .toList();
            }
            console.bars(bars);
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static Console.Bar bar(JsonNode copy) {
        var reason = copy.at("/reason/detail").asText();
        return new Console.Bar(
                Integer.parseInt(copy.path("progress").asText("0%").replace("%", "")),
                copy.path("status").asText() + (reason.isEmpty() ? "" : " (" + reason + ")"));
    }
}
