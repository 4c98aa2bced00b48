package imageferry.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An HTTP answer. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to one socket
record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    static Reply text(int status, Map<String, String> headers, String body) {
        var lists = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new Reply(status, lists, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a function's proxy answer; empty when it is not one, which API Gateway answers with 502. */
    static Optional<Reply> ofProxy(JsonNode answer) {
        if (!answer.path("statusCode").canConvertToInt()) {
            return Optional.empty();
        }
        var headers = new LinkedHashMap<String, List<String>>();
        answer.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        answer.path("multiValueHeaders").properties().forEach(header -> {
            var values = new ArrayList<String>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey(), List.copyOf(values));
        });
        if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            headers.put("Content-Type", List.of("application/json"));
        }
        var text = answer.path("body").asText("");
        var body = answer.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
        return Optional.of(new Reply(answer.path("statusCode").asInt(), headers, body));
    }
}
