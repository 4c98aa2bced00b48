package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.DescribeCopies;
import imageferry.copying.request.RequestCopies;
import imageferry.copying.request.RetryCopy;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.view.Pages;
import imageferry.function.view.Views;
import imageferry.id.CopyId;
import imageferry.rule.Result;

/**
 * {@code POST /images/{imageId}/copies}, {@code POST /copies/{copyId}/retry} and {@code POST
 * /images/{imageId}/retry-copy}.
 */
public final class CopyImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final RequestCopies requestCopies;
    private final RetryCopy retryCopy;
    private final DescribeCopies describeCopies;
    private final Views views;

    public CopyImageFunction() {
        this(App.current().forApi());
    }

    CopyImageFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.requestCopies = wiring.requestCopies();
        this.retryCopy = wiring.retryCopy();
        this.describeCopies = wiring.describeCopies();
        this.views = wiring.views();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "POST /images/{imageId}/copies" -> copies(caller, request);
            case "POST /copies/{copyId}/retry" ->
                answer(request.bare().then(bare -> retryCopy.retry(caller, bare.variable("copyId"))));
            case "POST /images/{imageId}/retry-copy" ->
                answer(request.bare().then(bare -> retryCopy.retryImage(caller, bare.variable("imageId"))));
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> copies(Caller caller, ApiRequest request) {
        return Body.read(request, CopyImageRequest.class)
                .then(body -> requestCopies.request(caller, body.asked(request.variable("imageId"))))
                .then(group -> describeCopies
                        .group(caller, group.value())
                        .map(copies -> ApiResponse.accepted(new Pages.Group(group.value(), views.copies(copies)))));
    }

    private Result<ApiResponse> answer(Result<CopyId> retried) {
        return retried.map(copy -> ApiResponse.accepted(new Pages.OneCopy(views.copy(copy))));
    }
}
