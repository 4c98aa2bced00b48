package imageferry.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation of the API: {@code GET /images/{imageId}} and the function behind it. */
record Route(String method, String resource, String functionArn) {
    /** Returns the decoded parameters of the path (raw, still encoded), if it matches this route. */
    Optional<Map<String, String>> match(String path) {
        var wanted = segments(resource);
        var given = segments(path);
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        for (var i = 0; i < wanted.size(); i++) {
            var segment = wanted.get(i);
            var value = decoded(given.get(i));
            if (segment.startsWith("{") && !value.isEmpty()) {
                parameters.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** Fewer parameters win: {@code /images/new} before {@code /images/{imageId}}. */
    long parameters() {
        return segments(resource).stream()
                .filter(segment -> segment.startsWith("{"))
                .count();
    }

    private static List<String> segments(String path) {
        return new ArrayList<>(List.of(path.split("/", -1)));
    }

    /** Decodes percent signs only: in a path, a plus is a plus. An {@link IllegalArgumentException} when they are broken. */
    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
