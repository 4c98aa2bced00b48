package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.view.DownloadView;
import imageferry.function.view.InstanceView;
import imageferry.instance.Instance;
import imageferry.instance.SystemDisks;
import imageferry.instance.UseImages;
import imageferry.rule.Result;
import org.jspecify.annotations.Nullable;

/** {@code /instances}, {@code /instances/{instanceId}}, its system disk, and {@code GET /images/{imageId}/download}. */
public final class UseImageFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final UseImages useImages;
    private final SystemDisks systemDisks;

    public UseImageFunction() {
        this(App.current().forApi());
    }

    UseImageFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.useImages = wiring.useImages();
        this.systemDisks = wiring.systemDisks();
    }

    /** The body, as {@code CreateInstanceRequest} of the contract. */
    record Creation(String imageId, String region, @Nullable String clientToken) {}

    /** The body, as {@code ReplaceSystemDiskRequest} of the contract. */
    record Replacement(String imageId) {}

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "GET /images/{imageId}/download" ->
                request.bare()
                        .then(bare -> systemDisks.download(caller, bare.variable("imageId")))
                        .map(disk -> ApiResponse.ok(DownloadView.of(disk)));
            case "POST /instances" -> create(caller, request).map(made -> ApiResponse.created(view(made)));
            case "GET /instances/{instanceId}" ->
                request.bare()
                        .then(bare -> useImages.find(caller, bare.variable("instanceId")))
                        .map(found -> ApiResponse.ok(view(found)));
            case "PUT /instances/{instanceId}/system-disk" ->
                Body.read(request, Replacement.class)
                        .then(body ->
                                useImages.replaceSystemDisk(caller, request.variable("instanceId"), body.imageId()))
                        .map(changed -> ApiResponse.ok(view(changed)));
            case "DELETE /instances/{instanceId}" ->
                request.bare()
                        .then(bare -> useImages.delete(caller, bare.variable("instanceId")))
                        .map(gone -> ApiResponse.noContent());
            default -> throw request.unknownRoute();
        });
    }

    private Result<Instance> create(Caller caller, ApiRequest request) {
        return Body.read(request, Creation.class)
                .then(body -> useImages.create(
                        caller, body.imageId(), body.region(), Repeatable.token(body.clientToken(), body)));
    }

    private InstanceView view(Instance instance) {
        return InstanceView.of(instance, systemDisks.of(instance).orElse(null));
    }
}
