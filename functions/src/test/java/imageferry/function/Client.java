package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls the API's handlers as one account. Routes are written out, so a test reads like the contract. */
final class Client {
    private final World world;
    private final String account;

    Client(World world, String account) {
        this.world = world;
        this.account = account;
    }

    JsonNode get(String resource, Map<String, String> variables) {
        return json(200, call("GET", resource, variables, Map.of(), null));
    }

    JsonNode list(String resource, Map<String, String> query) {
        return json(200, call("GET", resource, Map.of(), query, null));
    }

    JsonNode post(int status, String resource, Map<String, String> variables, String body) {
        return json(status, call("POST", resource, variables, Map.of(), body));
    }

    JsonNode patch(int status, String imageId, String body) {
        return json(status, call("PATCH", "/images/{imageId}", Map.of("imageId", imageId), Map.of(), body));
    }

    ApiResponse call(
            String method, String resource, Map<String, String> variables, Map<String, String> query, String body) {
        var values = new HashMap<String, List<String>>();
        query.forEach((name, value) -> values.put(name, List.of(value)));
        var identity = new ApiRequest.Identity(account, "arn:aws:iam::" + account + ":user/ann", null);
        var request = new ApiRequest(
                method,
                resource,
                null,
                variables,
                null,
                values,
                body,
                false,
                new ApiRequest.RequestContext("r-1", identity));
        return handle(request);
    }

    private ApiResponse handle(ApiRequest request) {
        var call = new LambdaCall();
        var app = world.app;
        return switch (request.route()) {
            case "POST /images" -> new ImportImageFunction(app.forApi()).handleRequest(request, call);
            case "POST /images/{imageId}/copies", "POST /copies/{copyId}/retry", "POST /images/{imageId}/retry-copy" ->
                new CopyImageFunction(app.forApi()).handleRequest(request, call);
            case "POST /images/{imageId}/cancel-copy", "POST /copies/{copyId}/cancel" ->
                new CancelCopyFunction(app.forApi()).handleRequest(request, call);
            case "GET /images", "GET /images/{imageId}" ->
                new DescribeImagesFunction(app.forApi()).handleRequest(request, call);
            case "PATCH /images/{imageId}" -> new ModifyImageFunction(app.forApi()).handleRequest(request, call);
            case "DELETE /images/{imageId}", "POST /images/{imageId}/restore" ->
                new DeleteImageFunction(app.forApi()).handleRequest(request, call);
            case "GET /regions", "GET /usage" -> new DescribeAccountFunction(app.forApi()).handleRequest(request, call);
            default ->
                request.resource().contains("/shares")
                        ? new SharesFunction(app.forApi()).handleRequest(request, call)
                        : request.resource().contains("/instances")
                                        || request.resource().endsWith("/download")
                                ? new UseImageFunction(app.forApi()).handleRequest(request, call)
                                : request.resource().startsWith("/tickets/{")
                                        ? new DecideTicketFunction(app.forApi()).handleRequest(request, call)
                                        : new DescribeCopiesFunction(app.forApi()).handleRequest(request, call);
        };
    }

    static JsonNode json(int status, ApiResponse response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }
}
