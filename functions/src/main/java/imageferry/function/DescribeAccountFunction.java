package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.Pace;
import imageferry.copying.Slots;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.view.RegionView;
import imageferry.region.Region;
import imageferry.region.Regions;

/** {@code GET /regions}. */
public final class DescribeAccountFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final Regions regions;
    private final Slots slots;
    private final long slotsPerRegion;

    public DescribeAccountFunction() {
        this(App.current());
    }

    DescribeAccountFunction(App app) {
        this.api = app.api();
        this.regions = app.regions();
        this.slots = app.slots();
        this.slotsPerRegion = app.slotsPerRegion();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> request.bare()
                        .map(bare -> ApiResponse.ok(new RegionView.Regions(regions.enabled().stream()
                                .map(region -> view(caller, region))
                                .toList()))));
    }

    private RegionView view(Caller caller, Region region) {
        var use = slots.use(region);
        return new RegionView(
                region.name(),
                regions.bucket(region),
                Regions.importPrefix(caller.account()),
                new RegionView.Places(slotsPerRegion, use.holders().size()),
                slots.waiting(region),
                use.pace().map(Pace::bytesPerSecond).orElse(null));
    }
}
