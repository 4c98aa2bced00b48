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
import java.util.stream.Collectors;

/**
 * One request to the API.
 *
 * @param body the text; empty for none
 */
record Request(String method, String path, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Request of(String method, String path) {
        return new Request(method, path, "");
    }

    static Request of(String method, String path, Map<String, ?> body) {
        return new Request(
                method, path, body.isEmpty() ? "" : JSON.valueToTree(body).toString());
    }

    /** Sends it as that account. */
    Reply send(URI api, String account) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api + path))
                .header("X-Imageferry-Account", account)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofByteArray());
        return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    }

    /** The answer; without a body a missing node. */
    record Reply(int status, JsonNode body) {
        /** The form of the tables in docs/rules: the status, and each violation's code in order. */
        String inShort() {
            return status < 300
                    ? Integer.toString(status)
                    : status + " "
                            + body.path("violations").findValuesAsText("code").stream()
                                    .distinct()
                                    .collect(Collectors.joining(" "));
        }

        /** @throws IllegalStateException with the whole answer when it is a refusal */
        JsonNode expectDone() {
            if (status >= 300) {
                throw new IllegalStateException("The API answered " + status + ": " + body);
            }
            return body;
        }
    }
}
