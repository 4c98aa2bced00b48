package imageferry.bench.server;

import com.sun.net.httpserver.HttpExchange;
import imageferry.bench.store.SimulatedS3.Origin;
import imageferry.bench.store.SimulatedS3.Place;
import imageferry.bench.store.SimulatedS3.Range;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parsed request in S3's protocol.
 *
 * @param place without a key for a request on the bucket
 * @param query parameters; one without a value has an empty value
 */
record S3Request(String method, Place place, Map<String, String> query, Map<String, String> headers, String body) {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");

    static S3Request of(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new S3Request(
                exchange.getRequestMethod(),
                place(uri.getRawPath()),
                query(uri.getRawQuery()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Place place(String path) {
        var names = path.substring(1).split("/", 2);
        return new Place(decoded(names[0]), names.length < 2 ? "" : decoded(names[1]));
    }

    private static Map<String, String> query(@Nullable String text) {
        var query = new HashMap<String, String>();
        if (text != null) {
            for (var pair : text.split("&", -1)) {
                var parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        // In a path and in a copy source, + is a plus.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean isOfBucket() {
        return place.key().isEmpty();
    }

    boolean asks(String parameter) {
        return query.containsKey(parameter);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    int number(String parameter, int otherwise) {
        return query.containsKey(parameter) ? Integer.parseInt(parameter(parameter)) : otherwise;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the source of a copying request; empty for all others. */
    Optional<Origin> origin() {
        return header("x-amz-copy-source").map(source -> {
            var path = source.replaceFirst("\\?versionId=.*", "");
            return new Origin(
                    place(path.startsWith("/") ? path : "/" + path),
                    header("x-amz-copy-source-if-match").map(S3Request::unquoted));
        });
    }

    Optional<Range> copyRange() {
        return header("x-amz-copy-source-range").map(S3Request::range);
    }

    private static Range range(String text) {
        var range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a range");
        }
        return new Range(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    static String unquoted(String eTag) {
        return eTag.replace("\"", "");
    }
}
