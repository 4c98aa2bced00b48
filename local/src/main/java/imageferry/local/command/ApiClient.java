package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** The API as any HTTP client sees it; in local mode a header names the calling account. */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String account;

    ApiClient(URI base, String account) {
        this.base = base;
        this.account = account;
    }

    /** The same API, called by another account. */
    ApiClient as(String other) {
        return new ApiClient(base, other);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).DELETE());
    }

    Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.header("X-Imageferry-Account", account).build(), BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    record Answer(int status, JsonNode body) {
        /** @throws Explained with the API's own message for a refusal */
        JsonNode orExplain() {
            if (status >= 300) {
                throw new Explained("The API answered " + status + ": "
                        + body.path("detail").asText());
            }
            return body;
        }

        String code() {
            return body.path("code").asText();
        }
    }
}
