package imageferry.function.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends CloudFormation its answer: a PUT to the given link, without a content type, as the link was signed. */
public final class StackReply {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private StackReply() {}

    /** @throws RuntimeException when it did not arrive; Lambda then asks again, twice */
    public static void put(URI link, Object answer) {
        var request = HttpRequest.newBuilder(link)
                .timeout(LONGEST)
                .PUT(BodyPublishers.ofString(Json.text(answer)))
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
            var status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("CloudFormation's link did not take the answer: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("CloudFormation's link is unreachable", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before the answer arrived", e);
        }
    }
}
