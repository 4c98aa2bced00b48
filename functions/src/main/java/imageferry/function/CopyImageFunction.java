package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.DescribeCopies;
import imageferry.copying.RequestCopies;
import imageferry.copying.RetryCopy;
import imageferry.copying.TargetRequest;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.view.Pages;
import imageferry.function.view.Views;
import imageferry.image.Labels;
import imageferry.rule.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code POST /images/{imageId}/copies} and {@code POST /copies/{copyId}/retry}. */
public final class CopyImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final RequestCopies requestCopies;
    private final RetryCopy retryCopy;
    private final DescribeCopies describeCopies;
    private final Views views;

    public CopyImageFunction() {
        this(App.current());
    }

    CopyImageFunction(App app) {
        this.api = app.api();
        this.requestCopies = app.requestCopies();
        this.retryCopy = app.retryCopy();
        this.describeCopies = app.describeCopies();
        this.views = app.views();
    }

    /** The body, as {@code CopyImageRequest} of the contract. */
    record Copying(
            List<Target> targets,
            @Nullable String ticketReason,
            @Nullable String clientToken) {
        RequestCopies.Request asked(String imageId) {
            var asked = targets.stream().map(Target::asked).toList();
            return new RequestCopies.Request(
                    imageId, asked, ticketReason, Repeatable.token(clientToken, imageId, this));
        }
    }

    record Target(
            String region,
            @Nullable String name,
            @Nullable String description,
            @Nullable TreeMap<String, String> tags,
            @Nullable List<String> shareWith) {
        TargetRequest asked() {
            var labels = new Labels(description, null, tags == null ? Map.of() : tags);
            return new TargetRequest(region, name, labels, shareWith == null ? List.of() : shareWith);
        }
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "POST /images/{imageId}/copies" -> copies(caller, request);
            case "POST /copies/{copyId}/retry" ->
                request.bare()
                        .then(bare -> retryCopy.retry(caller, bare.variable("copyId")))
                        .map(copy -> ApiResponse.accepted(new Pages.OneCopy(views.copy(copy))));
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> copies(Caller caller, ApiRequest request) {
        return Body.read(request, Copying.class)
                .then(body -> requestCopies.request(caller, body.asked(request.variable("imageId"))))
                .then(group -> describeCopies
                        .group(caller, group.value())
                        .map(copies -> ApiResponse.accepted(new Pages.Group(group.value(), views.copies(copies)))));
    }
}
