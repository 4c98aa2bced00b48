package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.edge.QueryParameters;
import imageferry.function.view.Views;
import imageferry.image.ImageName;
import imageferry.removal.DeleteImage;
import imageferry.removal.PurgeImages;
import imageferry.removal.RestoreImage;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /images/{imageId}} and {@code POST /images/{imageId}/restore}. */
public final class DeleteImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final DeleteImage deleteImage;
    private final PurgeImages purgeImages;
    private final RestoreImage restoreImage;
    private final Views views;

    public DeleteImageFunction() {
        this(App.current().forApi());
    }

    DeleteImageFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.deleteImage = wiring.deleteImage();
        this.purgeImages = wiring.purgeImages();
        this.restoreImage = wiring.restoreImage();
        this.views = wiring.views();
    }

    /** The body of a restore, as {@code RestoreImageRequest} of the contract. */
    record Restore(@Nullable String name, @Nullable String clientToken) {}

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "DELETE /images/{imageId}" -> delete(caller, request);
            case "POST /images/{imageId}/restore" -> restore(caller, request);
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> delete(Caller caller, ApiRequest request) {
        var query = new QueryParameters(request);
        var force = query.flag("force");
        var purge = query.flag("purge");
        var image = request.variable("imageId");
        return query.then(() -> purge
                ? purgeImages.purge(caller, image).map(purged -> ApiResponse.noContent())
                : deleteImage
                        .delete(caller, image, force)
                        .map(recycled -> recycled.map(inBin -> ApiResponse.ok(views.image(Seen.own(inBin))))
                                .orElseGet(ApiResponse::noContent)));
    }

    private Result<ApiResponse> restore(Caller caller, ApiRequest request) {
        return Body.read(request, Restore.class)
                .then(body -> restoreImage.restore(
                        caller,
                        request.variable("imageId"),
                        body.name() == null ? null : new ImageName(body.name()),
                        Repeatable.token(body.clientToken(), request.variable("imageId"), body)))
                .map(seen -> ApiResponse.ok(views.image(seen)));
    }
}
