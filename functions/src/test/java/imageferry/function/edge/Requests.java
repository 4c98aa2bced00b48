package imageferry.function.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API requests in words. */
public final class Requests {
    private Requests() {}

    public static ApiRequest of(String method, String resource, Map<String, String> variables, @Nullable String body) {
        return request(method, resource, variables, Map.of(), body, identity("111111111111"));
    }

    public static ApiRequest query(String resource, Map<String, String> query) {
        var values = new HashMap<String, List<String>>();
        query.forEach((name, value) -> values.put(name, List.of(value)));
        return queries(resource, values);
    }

    static ApiRequest queries(String resource, Map<String, List<String>> query) {
        return request("GET", resource, Map.of(), query, null, identity("111111111111"));
    }

    public static ApiRequest of(ApiRequest.@Nullable RequestContext context) {
        return request("GET", "/regions", Map.of(), Map.of(), null, context);
    }

    public static ApiRequest.RequestContext identity(@Nullable String account) {
        return new ApiRequest.RequestContext(
                "r-1",
                new ApiRequest.Identity(
                        account, account == null ? null : "arn:aws:iam::" + account + ":user/ann", null));
    }

    private static ApiRequest request(
            String method,
            String resource,
            Map<String, String> variables,
            Map<String, List<String>> query,
            @Nullable String body,
            ApiRequest.@Nullable RequestContext context) {
        return new ApiRequest(method, resource, null, variables, null, query, body, false, context);
    }
}
