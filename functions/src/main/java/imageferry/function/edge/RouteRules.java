package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contract's rules for the parameters of one route.
 *
 * @param hasBody whether the route takes a body
 */
record RouteRules(
        List<ParameterRule> path,
        List<ParameterRule> query,
        @Nullable PrefixRule prefix,
        boolean hasBody) {
    /** The extract of openapi.yaml that the build makes. */
    private static final String FILE = "/parameters.json";

    private static final Map<String, RouteRules> BY_ROUTE = new ConcurrentHashMap<>();

    /** @throws IllegalStateException when the contract has no such route, which is a defect */
    static RouteRules of(String route) {
        return BY_ROUTE.computeIfAbsent(route, known -> read(Read.ONCE.path(known), known));
    }

    private static RouteRules read(JsonNode declared, String route) {
        if (declared.isMissingNode()) {
            throw new IllegalStateException("openapi.yaml has no route " + route);
        }
        var parameters =
                declared.path("parameters").valueStream().map(ParameterRule::of).toList();
        return new RouteRules(
                parameters.stream().filter(ParameterRule::inPath).toList(),
                parameters.stream().filter(rule -> !rule.inPath()).toList(),
                PrefixRule.of(declared.path("prefix")).orElse(null),
                declared.path("body").asBoolean());
    }

    /** Everything that is wrong with a request's parameters: first those of the path, then those of the query. */
    List<Violation> violations(ApiRequest request) {
        var given = request.query();
        var declared = Stream.concat(
                path.stream().map(rule -> rule.violation(rule.name(), List.of(request.variable(rule.name())))),
                query.stream().map(rule -> rule.violation(rule.name(), given.getOrDefault(rule.name(), List.of()))));
        var others = given.entrySet().stream()
                .filter(parameter -> query(parameter.getKey()).isEmpty())
                .map(parameter -> other(parameter.getKey(), parameter.getValue()));
        return Stream.concat(declared, others).flatMap(Optional::stream).toList();
    }

    Optional<ParameterRule> query(String name) {
        return query.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private Optional<Violation> other(String name, List<String> values) {
        return prefix != null && name.startsWith(prefix.prefix())
                ? prefix.violation(name, values)
                : Optional.of(unknown(name));
    }

    private Violation unknown(String name) {
        var known = new ArrayList<>(query.stream().map(ParameterRule::name).toList());
        if (prefix != null) {
            known.add(prefix.prefix() + "<key>");
        }
        var shown = Demand.shown(name, BrokenSchema.LONGEST_SHOWN);
        return new Violation(
                Code.UNKNOWN_PARAMETER,
                shown,
                "",
                "\"" + shown + "\" is not a parameter of this request; leave it out"
                        + (known.isEmpty() ? "" : ". Known parameters: " + String.join(", ", known)));
    }

    /** Reads the contract once, at its first use. */
    private static final class Read {
        static final JsonNode ONCE = document();

        private static JsonNode document() {
            try (var file = RouteRules.class.getResourceAsStream(FILE)) {
                if (file == null) {
                    throw new FileNotFoundException("parameters.json is not in the archive");
                }
                return Json.MAPPER.readTree(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
