package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.QueryParameters;
import imageferry.function.view.RegionViews;
import imageferry.function.view.UsageView;
import imageferry.rule.Result;
import imageferry.usage.DescribeUsage;

/** {@code GET /regions} and {@code GET /usage}. */
public final class DescribeAccountFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final RegionViews regions;
    private final DescribeUsage describeUsage;

    public DescribeAccountFunction() {
        this(App.current().forApi());
    }

    DescribeAccountFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.regions = wiring.regionViews();
        this.describeUsage = wiring.describeUsage();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "GET /regions" -> request.bare().map(bare -> ApiResponse.ok(regions.of(caller)));
            case "GET /usage" -> usage(caller, request);
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> usage(Caller caller, ApiRequest request) {
        var query = new QueryParameters(request);
        var month = query.optional("month").orElse(null);
        var account = query.optional("account").orElse(null);
        return query.then(() -> describeUsage.of(caller, month, account))
                .map(bill -> ApiResponse.ok(UsageView.of(bill)));
    }
}
