package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.NextTokens;
import imageferry.function.edge.QueryParameters;
import imageferry.function.view.ImageView;
import imageferry.function.view.Pages;
import imageferry.function.view.Views;
import imageferry.rule.Result;
import imageferry.sharing.DescribeImages;
import java.util.List;
import java.util.Locale;

/** {@code GET /images} and {@code GET /images/{imageId}}. */
public final class DescribeImagesFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final DescribeImages describeImages;
    private final Views views;
    private final NextTokens nextTokens;

    public DescribeImagesFunction() {
        this(App.current().forApi());
    }

    DescribeImagesFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.describeImages = wiring.describeImages();
        this.views = wiring.views();
        this.nextTokens = wiring.nextTokens();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "GET /images" -> list(caller, request);
            case "GET /images/{imageId}" ->
                request.bare()
                        .then(bare -> describeImages.find(caller, bare.variable("imageId")))
                        .map(seen -> ApiResponse.ok(views.image(seen)));
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> list(Caller caller, ApiRequest request) {
        var query = new QueryParameters(request);
        var region = query.optional("region").orElse(null);
        var whose = query.required("owner");
        var status = query.required("status");
        var name = query.optional("name").orElse("");
        var family = query.optional("family").orElse(null);
        var tags = query.tags();
        var paging = query.paging(caller, nextTokens);
        return query.then(() -> {
            var filter = new DescribeImages.Filter(
                    DescribeImages.Whose.valueOf(whose.toUpperCase(Locale.ROOT)), region, status, name, family, tags);
            return describeImages
                    .list(caller, filter, paging.limit(), paging.after())
                    .map(page -> ApiResponse.ok(new Pages.ImagePage(views(page), paging.next(page.next()))));
        });
    }

    /** A page that took a read of each of three lists takes no fourth one. */
    private List<ImageView> views(DescribeImages.Listing page) {
        return page.merged() ? views.imagesAtRest(page.images()) : views.images(page.images());
    }
}
