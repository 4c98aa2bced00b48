package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.copying.CancelCopy;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.view.Pages;
import imageferry.function.view.Views;

/** {@code POST /images/{imageId}/cancel-copy}. */
public final class CancelCopyFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final CancelCopy cancelCopy;
    private final Views views;

    public CancelCopyFunction() {
        this(App.current());
    }

    CancelCopyFunction(App app) {
        this.api = app.api();
        this.cancelCopy = app.cancelCopy();
        this.views = app.views();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> request.bare()
                        .then(bare -> cancelCopy.cancel(caller, bare.variable("imageId")))
                        .map(copy -> ApiResponse.accepted(new Pages.OneCopy(views.copy(copy)))));
    }
}
