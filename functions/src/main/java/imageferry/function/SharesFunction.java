package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.view.ShareView;
import imageferry.rule.Result;
import imageferry.sharing.Share;
import imageferry.sharing.ShareImages;
import java.util.List;

/** {@code GET /images/{imageId}/shares}, {@code PUT} and {@code DELETE /images/{imageId}/shares/{accountId}}. */
public final class SharesFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final ShareImages shareImages;
    private final long limit;

    public SharesFunction() {
        this(App.current().forApi());
    }

    SharesFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.shareImages = wiring.shareImages();
        this.limit = wiring.app().limits().sharesPerImage();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> request.bare()
                        .then(bare -> shares(caller, bare))
                        .map(shares -> ApiResponse.ok(ShareView.all(shares, limit))));
    }

    private Result<List<Share>> shares(Caller caller, ApiRequest request) {
        var image = request.variable("imageId");
        return switch (request.route()) {
            case "GET /images/{imageId}/shares" -> shareImages.list(caller, image);
            case "PUT /images/{imageId}/shares/{accountId}" ->
                shareImages
                        .share(caller, image, request.variable("accountId"))
                        .then(share -> shareImages.list(caller, image));
            case "DELETE /images/{imageId}/shares/{accountId}" ->
                shareImages
                        .unshare(caller, image, request.variable("accountId"))
                        .map(share -> left(caller, image));
            default -> throw request.unknownRoute();
        };
    }

    /** Returns the remaining shares, for the owner only: a recipient who gave up a share does not see the others. */
    private List<Share> left(Caller caller, String image) {
        return switch (shareImages.list(caller, image)) {
            case Result.Accepted<List<Share>>(var shares) -> shares;
            case Result.Rejected<List<Share>> notTheOwner -> List.of();
        };
    }
}
