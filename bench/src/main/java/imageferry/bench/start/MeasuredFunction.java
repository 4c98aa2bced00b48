package imageferry.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Function that is started and called with two events.
 *
 * @param answer text that its answers contain when it succeeded
 */
record MeasuredFunction(String name, Events events, String answer) {
    /** A function that lists, one that validates a body and rejects its unknown image, and one that copies. */
    static final List<MeasuredFunction> ALL = List.of(
            new MeasuredFunction("DescribeImages", services -> twice("api-describe-images"), "\"images\":[]"),
            new MeasuredFunction("CopyImage", services -> twice("api-copy-image"), "InvalidImageId.NotFound"),
            new MeasuredFunction("CopySnapshotParts", StubServices::batches, "{\"done\":true}"));

    /** Creates the events, which may depend on the services. */
    interface Events {
        List<String> of(StubServices services) throws IOException;
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
