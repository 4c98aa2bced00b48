package imageferry.function.edge;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.account.Caller;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The parameters of one request, checked by the contract's own schemas. A handler reads the ones that it needs; {@link
 * #then} continues only when none of them breaks a rule.
 */
public final class QueryParameters {
    private final ApiRequest request;
    private final RouteRules rules;
    private final Map<String, List<String>> given;
    private final List<Violation> violations;

    public QueryParameters(ApiRequest request) {
        this.request = request;
        this.rules = RouteRules.of(request.route());
        this.given = request.query();
        this.violations = new ArrayList<>(rules.violations(request));
    }

    /** A parameter that the contract requires; the empty text when it is missing, which {@link #then} refuses. */
    public String required(String name) {
        return optional(name).orElse("");
    }

    /**
     * The parameter's value, or its default in the contract.
     *
     * @throws IllegalStateException when the contract does not declare it, which is a defect
     */
    public Optional<String> optional(String name) {
        var rule = rules.query(name)
                .orElseThrow(() -> new IllegalStateException("openapi.yaml has no " + name + " of " + request.route()));
        return values(name).stream().findFirst().or(rule::byDefault);
    }

    public boolean flag(String name) {
        return optional(name).orElse("false").equals("true");
    }

    /**
     * Tags as {@code tag=key=value}, and in the older form {@code tag.key=value}. Both may be mixed; together they may be as many
     * as the contract allows of the first form, which keeps the filter below DynamoDB's limit of 4 KiB for an expression.
     */
    public Map<String, String> tags() {
        var tags = new TreeMap<String, String>();
        values("tag").forEach(tag -> put(tags, tag.split("=", 2)[0], tag.substring(tag.indexOf('=') + 1)));
        var prefix = rules.prefix() == null ? "tag." : rules.prefix().prefix();
        given.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                put(tags, name.substring(prefix.length()), values.getFirst());
            }
        });
        rules.query("tag").flatMap(rule -> tooMany(tags, rule.schema())).ifPresent(violations::add);
        return tags;
    }

    /** Too many of the form {@code tag=} alone are refused by the contract's rule of that parameter. */
    private Optional<Violation> tooMany(Map<String, String> tags, JsonNode list) {
        var most = list.path("maxItems").asInt();
        return tags.size() <= most || values("tag").size() > most
                ? Optional.empty()
                : Optional.of(new Violation(
                        Code.INVALID_TAG,
                        "tag",
                        "",
                        "The tags of all \"tag\" and \"tag.<key>\" parameters together "
                                + Demand.of("maxItems", list, Json.MAPPER.valueToTree(tags))));
    }

    private void put(Map<String, String> tags, String key, String value) {
        var other = tags.put(key, value);
        if (other != null && !other.equals(value)) {
            violations.add(new Violation(
                    Code.INVALID_TAG,
                    "tag",
                    key,
                    "The tag \"" + key + "\" cannot have two values; name each key once"));
        }
    }

    /** Returns the requested part of a list; its token is bound to all other parameters. */
    public Paging paging(Caller caller, NextTokens tokens) {
        var limit = isSound("pageSize") ? Integer.parseInt(optional("pageSize").orElseThrow()) : 1;
        var paging = Paging.of(request, caller, limit, tokens);
        var token = isSound("nextToken") ? optional("nextToken") : Optional.<String>empty();
        return switch (token.map(paging::from).orElseGet(() -> Result.accepted(paging))) {
            case Result.Accepted<Paging>(var asked) -> asked;
            case Result.Rejected<Paging>(var wrong) -> {
                violations.addAll(wrong);
                yield paging;
            }
        };
    }

    private boolean isSound(String name) {
        return violations.stream().noneMatch(violation -> violation.field().equals(name));
    }

    private List<String> values(String name) {
        return given.getOrDefault(name, List.of());
    }

    /** Returns the violations found so far. */
    List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Continues, or returns all violations by the parameters, and by a body that the route does not take. */
    public <T> Result<T> then(Supplier<Result<T>> next) {
        var all = new ArrayList<>(violations);
        if (!rules.hasBody()) {
            all.addAll(Body.none(request).violations());
        }
        return all.isEmpty() ? next.get() : Result.rejected(all);
    }
}
