package imageferry.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.template.TemplateRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The operations of an OpenAPI document, each with the function that its {@code x-amazon-apigateway-integration} names. */
final class RouteTable {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Pattern FUNCTION = Pattern.compile(".*/functions/(arn:[^/]+)/invocations");

    /** Returns the route of a request, with its path's parameters. */
    record Match(Route route, Map<String, String> parameters) {}

    private final List<Route> routes = new ArrayList<>();

    RouteTable(JsonNode openApi) {
        openApi.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation ->
                                routes.add(route(path.getKey(), operation.getKey(), operation.getValue()))));
        routes.sort(Comparator.comparingLong(Route::parameters));
    }

    private static Route route(String path, String method, JsonNode operation) {
        var integration = operation.path("x-amazon-apigateway-integration");
        var name = method.toUpperCase(Locale.ROOT) + " " + path;
        var function = FUNCTION.matcher(integration.path("uri").asText());
        if (!integration.path("type").asText().equalsIgnoreCase("aws_proxy") || !function.matches()) {
            throw new TemplateRefused(
                    "Local mode knows only aws_proxy integrations with a function: " + name + " has none.");
        }
        return new Route(method.toUpperCase(Locale.ROOT), path, function.group(1));
    }

    Optional<Match> find(String method, String path) {
        return routes.stream()
                .filter(route -> route.method().equals(method))
                .flatMap(route -> route.match(path).map(parameters -> new Match(route, parameters)).stream())
                .findFirst();
    }

    List<Route> all() {
        return List.copyOf(routes);
    }
}
