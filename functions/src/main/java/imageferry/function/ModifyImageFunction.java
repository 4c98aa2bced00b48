package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.view.Views;
import imageferry.modification.ModifyImage;

/** {@code PATCH /images/{imageId}}. */
public final class ModifyImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final ModifyImage modifyImage;
    private final Views views;

    public ModifyImageFunction() {
        this(App.current().forApi());
    }

    ModifyImageFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.modifyImage = wiring.modifyImage();
        this.views = wiring.views();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> Body.read(request, ModifyImageRequest.class)
                        .then(change -> modifyImage.modify(caller, request.variable("imageId"), change.asked()))
                        .map(seen -> ApiResponse.ok(views.image(seen))));
    }
}
