package imageferry.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The answer to a request without a route: 405 if only the method is wrong, else 404 with the nearest route. API Gateway
 * answers both with 403, as it cannot distinguish them from an unsigned request.
 */
final class NoRoute {
    /** The length of a path that is compared; a longer one is not a typing error. */
    private static final int MOST_COMPARED = 200;

    private final List<Route> routes;

    NoRoute(List<Route> routes) {
        this.routes = routes;
    }

    /** @param path raw, without its query */
    Reply reply(String method, String path, String requestId) {
        var allowed = routes.stream()
                .filter(route -> route.match(path).isPresent())
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        var shown = path.length() <= MOST_COMPARED ? path : path.substring(0, MOST_COMPARED) + "…";
        return allowed.isEmpty()
                ? problem(
                        404,
                        "RouteNotFound",
                        "There is no route %s %s; the nearest is %s".formatted(method, shown, nearest(method, path)),
                        Map.of(),
                        requestId)
                : problem(
                        405,
                        "MethodNotAllowed",
                        "%s does not have the method %s; it has %s"
                                .formatted(shown, method, String.join(", ", allowed)),
                        Map.of("Allow", String.join(", ", allowed)),
                        requestId);
    }

    /** Prefers, of equally near routes, one with the method of the request. */
    private String nearest(String method, String path) {
        var asked = path.length() <= MOST_COMPARED ? path : path.substring(0, MOST_COMPARED);
        return routes.stream()
                .min(Comparator.<Route>comparingInt(route -> EditDistance.between(route.resource(), asked))
                        .thenComparingInt(route -> route.method().equals(method) ? 0 : 1)
                        .thenComparing(Route::resource))
                .map(route -> route.method() + " " + route.resource())
                .orElse("none");
    }

    private static Reply problem(int status, String code, String detail, Map<String, String> more, String requestId) {
        var headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "application/problem+json");
        var title = status == 404 ? "Not Found" : "Method Not Allowed";
        return Reply.text(
                status,
                headers,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("code", code)
                        .put("detail", detail)
                        .put("requestId", requestId)
                        .toString());
    }
}
