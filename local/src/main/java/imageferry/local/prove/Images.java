package imageferry.local.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The images of the caller's account whose names begin with the run's. */
record Images(Installation installation) {
    private static final Set<String> BEING_MADE = Set.of("Waiting", "Creating");

    /** A cancelled copy ends when its workers have noticed, and a list shows a change some moments later. */
    private static final Polling PATIENCE = new Polling(Duration.ofSeconds(1), Duration.ofMinutes(15));

    /** Cancels the copies under way, and deletes all images, those of cancelled copies included. */
    void delete() throws Exception {
        PATIENCE.until(
                "the end of all images",
                () -> {
                    var left = all();
                    for (var image : left) {
                        end(image);
                    }
                    return left.stream().map(Images::described).toList();
                },
                List::isEmpty);
    }

    private List<JsonNode> all() throws Exception {
        var list = installation.api().get("/images?owner=self&status=all").ok().path("images");
        var left = new ArrayList<JsonNode>();
        list.forEach(image -> {
            if (image.path("name").asText().startsWith(installation.settings().run())) {
                left.add(image);
            }
        });
        return left;
    }

    private void end(JsonNode image) throws Exception {
        var path = "/images/" + image.path("imageId").asText();
        if (BEING_MADE.contains(status(image))) {
            installation.api().post(path + "/cancel-copy", Map.of());
        } else {
            delete(path);
        }
    }

    /** Deletes an image, also from the bin if this version has one. A refusal is repeated by the caller's next look. */
    private void delete(String path) throws Exception {
        var answer = installation.api().delete(path + "?force=true");
        if (answer.body().has("purgeAt")) {
            installation.api().delete(path + "?purge=true");
        }
    }

    private static String status(JsonNode image) {
        return image.path("status").asText();
    }

    private static String described(JsonNode image) {
        return image.path("imageId").asText() + " " + status(image);
    }
}
