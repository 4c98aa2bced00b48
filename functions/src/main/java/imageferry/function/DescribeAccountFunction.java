package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.Limits;
import imageferry.copying.Pace;
import imageferry.copying.Slots;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.QueryParameters;
import imageferry.function.view.RegionView;
import imageferry.function.view.UsageView;
import imageferry.image.Images;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.rule.Result;
import imageferry.usage.DescribeUsage;

/** {@code GET /regions} and {@code GET /usage}. */
public final class DescribeAccountFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final Regions regions;
    private final Slots slots;
    private final long slotsPerRegion;
    private final Images images;
    private final Limits limits;
    private final DescribeUsage describeUsage;

    public DescribeAccountFunction() {
        this(App.current());
    }

    DescribeAccountFunction(App app) {
        this.api = app.api();
        this.regions = app.regions();
        this.slots = app.slots();
        this.slotsPerRegion = app.slotsPerRegion();
        this.images = app.images();
        this.limits = app.limits();
        this.describeUsage = app.describeUsage();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "GET /regions" -> request.bare().map(bare -> regions(caller));
            case "GET /usage" -> usage(caller, request);
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> usage(Caller caller, ApiRequest request) {
        var query = new QueryParameters(request);
        var month = query.optional("month");
        var account = query.optional("account");
        return query.then(() -> describeUsage.of(caller, month, account))
                .map(bill -> ApiResponse.ok(UsageView.of(bill)));
    }

    private ApiResponse regions(Caller caller) {
        return ApiResponse.ok(new RegionView.Regions(
                regions.enabled().stream().map(region -> region(caller, region)).toList()));
    }

    private RegionView region(Caller caller, Region region) {
        var use = slots.use(region);
        return new RegionView(
                region.name(),
                regions.bucket(region),
                Regions.importPrefix(caller.account()),
                new RegionView.Places(slotsPerRegion, use.holders().size()),
                slots.waiting(region),
                use.pace().map(Pace::bytesPerSecond).orElse(null),
                RegionView.Quotas.of(images.quota(caller.account(), region), limits));
    }
}
