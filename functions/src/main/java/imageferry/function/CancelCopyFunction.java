package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.request.CancelCopy;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.view.Pages;
import imageferry.function.view.Views;
import imageferry.id.CopyId;
import imageferry.rule.Result;

/** {@code POST /images/{imageId}/cancel-copy} and {@code POST /copies/{copyId}/cancel}. */
public final class CancelCopyFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final CancelCopy cancelCopy;
    private final Views views;

    public CancelCopyFunction() {
        this(App.current().forApi());
    }

    CancelCopyFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.cancelCopy = wiring.cancelCopy();
        this.views = wiring.views();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> request.bare()
                        .then(bare -> cancel(caller, bare))
                        .map(copy -> ApiResponse.accepted(new Pages.OneCopy(views.decided(copy)))));
    }

    private Result<CopyId> cancel(Caller caller, ApiRequest request) {
        return switch (request.route()) {
            case "POST /images/{imageId}/cancel-copy" -> cancelCopy.cancel(caller, request.variable("imageId"));
            case "POST /copies/{copyId}/cancel" -> cancelCopy.cancelCopy(caller, request.variable("copyId"));
            default -> throw request.unknownRoute();
        };
    }
}
