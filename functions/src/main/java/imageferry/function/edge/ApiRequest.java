package imageferry.function.edge;

import imageferry.rule.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One call as API Gateway passes it (REST proxy, version 1), reduced to the fields that are read. */
public record ApiRequest(
        String httpMethod,
        String resource,
        @Nullable String path,
        @Nullable Map<String, String> pathParameters,
        @Nullable Map<String, String> queryStringParameters,
        @Nullable Map<String, List<String>> multiValueQueryStringParameters,
        @Nullable String body,
        boolean isBase64Encoded,
        @Nullable RequestContext requestContext) {
    /** Facts that the gateway itself asserts. */
    public record RequestContext(
            @Nullable String requestId, @Nullable Identity identity) {}

    /** The signer of the call; the organization is that of its account. */
    public record Identity(
            @Nullable String accountId,
            @Nullable String userArn,
            @Nullable String principalOrgId) {}

    /** Method and path template, as {@code POST /images/{imageId}/copies}. */
    public String route() {
        return httpMethod + " " + resource;
    }

    /** @throws IllegalStateException when the route has no such variable, which is a defect */
    public String variable(String name) {
        var value = pathParameters == null ? null : pathParameters.get(name);
        if (value == null) {
            throw new IllegalStateException(route() + " has no variable " + name);
        }
        return value;
    }

    /** The query's parameters in alphabetical order, each with every value it was given. */
    public Map<String, List<String>> query() {
        var all = new TreeMap<String, List<String>>();
        if (queryStringParameters != null) {
            queryStringParameters.forEach((name, value) -> all.put(name, List.of(value)));
        }
        if (multiValueQueryStringParameters != null) {
            all.putAll(multiValueQueryStringParameters);
        }
        return all;
    }

    /** Refuses query parameters and bodies, for routes that take neither. */
    public Result<ApiRequest> bare() {
        return new QueryParameters(this).then(() -> Result.accepted(this));
    }

    /** Returns the path's variables, for values that must be bound to them, such as tokens of a list. */
    TreeSet<String> variables() {
        var texts = new TreeSet<String>();
        if (pathParameters != null) {
            pathParameters.forEach((name, value) -> texts.add(name + "=" + value));
        }
        return texts;
    }

    /** Returns the gateway's id of this call, which reveals nothing and finds the log. */
    String requestId() {
        return requestContext == null || requestContext.requestId() == null ? "unknown" : requestContext.requestId();
    }

    /** The error of a handler that is called for a route it does not serve: gateway and handlers disagree. */
    public IllegalStateException unknownRoute() {
        return new IllegalStateException("No route serves " + route() + ", which the gateway let through");
    }
}
