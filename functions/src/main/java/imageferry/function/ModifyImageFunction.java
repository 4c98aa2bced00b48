package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.annotation.JsonProperty;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.edge.QueryParameters;
import imageferry.function.view.Views;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.modification.Modification;
import imageferry.modification.ModifyImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /images/{imageId}}. */
public final class ModifyImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final ModifyImage modifyImage;
    private final Views views;

    public ModifyImageFunction() {
        this(App.current());
    }

    ModifyImageFunction(App app) {
        this.api = app.api();
        this.modifyImage = app.modifyImage();
        this.views = app.views();
    }

    /** The body, as {@code ModifyImageRequest} of the contract. */
    record Change(
            @Nullable String name,
            @Nullable String description,
            @Nullable String family,
            @Nullable Map<String, String> tags,
            @Nullable String status,
            @JsonProperty("protected") @Nullable Boolean guarded,
            @JsonProperty("public") @Nullable Boolean published,
            @Nullable String productCode) {
        Modification asked() {
            return new Modification(
                    name == null ? null : new ImageName(name),
                    description,
                    family,
                    tags,
                    status == null ? null : ImageStatus.of(status),
                    guarded,
                    published,
                    productCode);
        }
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> new QueryParameters(request)
                        .then(() -> Body.read(request, Change.class))
                        .then(change -> modifyImage.modify(caller, request.variable("imageId"), change.asked()))
                        .map(seen -> ApiResponse.ok(views.image(seen))));
    }
}
