package imageferry.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The REST proxy event, version 1, that API Gateway passes to a function for one request. */
record ProxyEvent(String account, String stage, String caller, String requestId, Instant time) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    ObjectNode of(
            RouteTable.Match match,
            String path,
            @Nullable String query,
            Map<String, List<String>> headers,
            String body) {
        var event = JSON.objectNode();
        event.put("resource", match.route().resource());
        event.put("path", path);
        event.put("httpMethod", match.route().method());
        put(event, "headers", "multiValueHeaders", headers);
        put(event, "queryStringParameters", "multiValueQueryStringParameters", parameters(query));
        if (match.parameters().isEmpty()) {
            event.putNull("pathParameters");
        } else {
            var parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        event.putNull("stageVariables");
        event.set("requestContext", context(match, path, headers));
        event.put("body", body.isEmpty() ? null : body);
        event.put("isBase64Encoded", false);
        return event;
    }

    private ObjectNode context(RouteTable.Match match, String path, Map<String, List<String>> headers) {
        var context = JSON.objectNode();
        context.put("accountId", account);
        context.put("apiId", "local");
        context.put("stage", stage);
        context.put("requestId", requestId);
        context.put("extendedRequestId", requestId);
        context.put("requestTime", CLF.format(time));
        context.put("requestTimeEpoch", time.toEpochMilli());
        context.put("resourceId", "local");
        context.put("resourcePath", match.route().resource());
        context.put("httpMethod", match.route().method());
        context.put("path", "/" + stage + path);
        context.put("protocol", "HTTP/1.1");
        context.put("domainName", "localhost");
        var identity = context.putObject("identity");
        identity.put("accountId", caller);
        identity.put("caller", caller);
        identity.put("user", caller);
        identity.put("userArn", "arn:aws:iam::" + caller + ":root");
        identity.put("accessKey", "LOCALUSER");
        identity.put("sourceIp", "127.0.0.1");
        identity.put(
                "userAgent", headers.getOrDefault("User-Agent", List.of("")).getFirst());
        return context;
    }

    /** API Gateway gives null, not an empty object, and the last of several values in the single-valued map. */
    private static void put(ObjectNode event, String single, String multiple, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            event.putNull(single).putNull(multiple);
            return;
        }
        var last = event.putObject(single);
        var all = event.putObject(multiple);
        values.forEach((name, list) -> {
            last.put(name, list.getLast());
            list.forEach(all.putArray(name)::add);
        });
    }

    private static Map<String, List<String>> parameters(@Nullable String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (query == null) {
            return parameters;
        }
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
