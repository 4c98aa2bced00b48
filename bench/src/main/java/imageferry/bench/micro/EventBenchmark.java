package imageferry.bench.micro;

import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.edge.LambdaSerializer;
import imageferry.function.event.StateChange;
import imageferry.function.event.StreamEvent;
import imageferry.publishing.Event;
import imageferry.rule.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JSON work of each call: read the event, validate its body, write the answer, and publish changes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EventBenchmark {
    private final LambdaSerializer serializer = new LambdaSerializer();
    private byte[] listing = {};
    private byte[] stream = {};
    private List<StreamEvent.Change> changes = List.of();
    private ApiRequest copying = request(new byte[] {'{', '}'});
    private ApiResponse answer = ApiResponse.noContent();

    @Setup
    public void read() throws IOException {
        listing = event("api-describe-images");
        stream = event("stream-publish-changes");
        changes = this.<StreamEvent>read(stream, StreamEvent.class).records();
        copying = request(event("api-copy-image"));
        // As long as the answer for one image.
        answer = ApiResponse.ok(Map.of("text", "x".repeat(500)));
    }

    private static byte[] event(String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("imageferry.home", "."))
                .resolve("events")
                .resolve(name + ".json"));
    }

    private ApiRequest request(byte[] event) {
        return read(event, ApiRequest.class);
    }

    private <T> T read(byte[] event, Class<T> type) {
        return serializer.fromJson(new ByteArrayInputStream(event), type);
    }

    @Benchmark
    public ApiRequest apiEvent() {
        return request(listing);
    }

    @Benchmark
    public StreamEvent streamEvent() {
        return read(stream, StreamEvent.class);
    }

    @Benchmark
    public byte[] apiAnswer() {
        var out = new ByteArrayOutputStream();
        serializer.toJson(answer, out, ApiResponse.class);
        return out.toByteArray();
    }

    /** Validates the body against the schema of its route, and binds it. */
    @Benchmark
    public Result<?> body() {
        return Body.read(copying, Map.class);
    }

    @Benchmark
    public List<Event> stateChanges() {
        return changes.stream().map(StateChange::event).toList();
    }
}
