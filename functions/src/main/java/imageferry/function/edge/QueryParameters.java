package imageferry.function.edge;

import imageferry.account.Caller;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The query of one request. A handler asks for what it knows; {@link #then} goes on only when all of that is well formed
 * and nothing else was given.
 */
public final class QueryParameters {
    private final ApiRequest request;
    private final Map<String, List<String>> given;
    private final Set<String> known = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    public QueryParameters(ApiRequest request) {
        this.request = request;
        this.given = request.query();
    }

    /** The parameter's value; a missing one is a violation and reads as the empty text until then. */
    public String required(String name) {
        var value = optional(name);
        if (value.isEmpty()) {
            violations.add(new Violation(
                    Code.MISSING_PARAMETER, name, "", "The parameter " + name + " is missing; add ?" + name + "=…"));
        }
        return value.orElse("");
    }

    public Optional<String> optional(String name) {
        known.add(name);
        var values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            violations.add(Violation.of(
                    Code.INVALID_PARAMETER, name, values, "The parameter " + name + " was given twice; give it once"));
        }
        return values.stream().findFirst();
    }

    /** One of these words; the first when none was given. */
    public String oneOf(String name, String... words) {
        var value = optional(name).orElse(words[0]);
        if (!List.of(words).contains(value)) {
            violations.add(Violation.of(
                    Code.INVALID_PARAMETER,
                    name,
                    value,
                    "The parameter " + name + " is \"" + value + "\"; give one of " + String.join(", ", words)));
        }
        return value;
    }

    public boolean flag(String name) {
        return oneOf(name, "false", "true").equals("true");
    }

    /** Every parameter that begins so, without the beginning. */
    public Map<String, String> beginningWith(String prefix) {
        var values = new LinkedHashMap<String, String>();
        for (var name : given.keySet()) {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), optional(name).orElse(""));
            }
        }
        return values;
    }

    /** Which part of a list is asked for; ask last, as its token is bound to all other parameters. */
    public Paging paging(Caller caller, NextTokens tokens) {
        var size = optional("pageSize");
        if (!size.orElse("1").matches("[1-9][0-9]?|100")) {
            violations.add(Violation.of(
                    Code.INVALID_PARAMETER,
                    "pageSize",
                    size.get(),
                    "The parameter pageSize is \"" + size.get() + "\"; give a number from 1 to 100"));
            size = Optional.empty();
        }
        var limit = size.map(Integer::parseInt).orElse(Paging.LARGEST);
        var paging = Paging.of(request, caller, limit, tokens);
        return switch (paging.from(optional("nextToken"))) {
            case Result.Accepted<Paging>(var asked) -> asked;
            case Result.Rejected<Paging>(var wrong) -> {
                violations.addAll(wrong);
                yield paging;
            }
        };
    }

    /** Goes on, or tells everything that is wrong with the query. */
    public <T> Result<T> then(Supplier<Result<T>> next) {
        var all = new ArrayList<>(violations);
        for (var name : given.keySet()) {
            if (!known.contains(name)) {
                all.add(new Violation(
                        Code.UNKNOWN_PARAMETER,
                        name,
                        "",
                        "The parameter " + name + " is not known here; leave it out"
                                + (known.isEmpty()
                                        ? ""
                                        : ". Known are " + String.join(", ", new java.util.TreeSet<>(known)))));
            }
        }
        return all.isEmpty() ? next.get() : Result.rejected(all);
    }
}
