package imageferry.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A function that is started, with the two events that it is called with.
 *
 * @param answer what its answers hold when it did its work
 */
record Handler(String name, Events events, String answer) {
    /** One function that lists, one that judges a body and refuses it for its image is unknown, one that copies. */
    static final List<Handler> ALL = List.of(
            new Handler("DescribeImages", around -> twice("api-describe-images"), "\"images\":[]"),
            new Handler("CopyImage", around -> twice("api-copy-image"), "InvalidImageId.NotFound"),
            new Handler("CopySnapshotParts", Surroundings::batches, "{\"done\":true}"));

    /** What a function is called with, which may depend on what lies around it. */
    interface Events {
        List<String> of(Surroundings around) throws IOException;
    }

    String entry() {
        return "imageferry.function." + name + "Function::handleRequest";
    }

    private static List<String> twice(String event) throws IOException {
        var text = Files.readString(Path.of(System.getProperty("imageferry.home", "."))
                .resolve("events")
                .resolve(event + ".json"));
        return List.of(text, text);
    }
}
