package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.QueryParameters;
import imageferry.removal.DeleteImage;

/** {@code DELETE /images/{imageId}}. */
public final class DeleteImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final DeleteImage deleteImage;

    public DeleteImageFunction() {
        this(App.current().forApi());
    }

    DeleteImageFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.deleteImage = wiring.deleteImage();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> {
            var query = new QueryParameters(request);
            var force = query.flag("force");
            return query.then(() -> deleteImage.delete(caller, request.variable("imageId"), force))
                    .map(deleted -> ApiResponse.noContent());
        });
    }
}
