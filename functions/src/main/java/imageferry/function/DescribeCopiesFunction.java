package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.Copies;
import imageferry.copying.DescribeCopies;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.NextTokens;
import imageferry.function.edge.Paging;
import imageferry.function.edge.QueryParameters;
import imageferry.function.view.Pages;
import imageferry.function.view.TicketView;
import imageferry.function.view.Views;
import imageferry.rule.Result;
import java.util.function.Function;

/** {@code GET} of copies, groups and tickets: {@code /copies}, {@code /images/{imageId}/copies} and the rest. */
public final class DescribeCopiesFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final DescribeCopies describeCopies;
    private final Views views;
    private final NextTokens nextTokens;

    public DescribeCopiesFunction() {
        this(App.current().forApi());
    }

    DescribeCopiesFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.describeCopies = wiring.describeCopies();
        this.views = wiring.views();
        this.nextTokens = wiring.nextTokens();
    }

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(request, caller -> switch (request.route()) {
            case "GET /copies" -> list(caller, request);
            case "GET /images/{imageId}/copies" ->
                page(
                        caller,
                        request,
                        paging -> describeCopies
                                .madeFrom(caller, request.variable("imageId"), paging.limit(), paging.after())
                                .map(page -> copies(page, paging)));
            case "GET /tickets" -> page(caller, request, paging -> Result.accepted(tickets(caller, paging)));
            case "GET /copies/{copyId}" ->
                request.bare()
                        .then(bare -> describeCopies.find(caller, bare.variable("copyId")))
                        .map(copy -> ApiResponse.ok(views.copy(copy)));
            case "GET /groups/{groupId}" ->
                request.bare()
                        .then(bare -> describeCopies.group(caller, bare.variable("groupId")))
                        .map(copies ->
                                ApiResponse.ok(new Pages.Group(request.variable("groupId"), views.copies(copies))));
            default -> throw request.unknownRoute();
        });
    }

    private Result<ApiResponse> list(Caller caller, ApiRequest request) {
        var query = new QueryParameters(request);
        var filter = new DescribeCopies.Filter(
                query.optional("account").orElse(null),
                query.optional("status").filter(status -> !status.equals("all")).orElse(null),
                query.optional("region").orElse(null),
                query.optional("groupId").orElse(null));
        var paging = query.paging(caller, nextTokens);
        return query.then(() -> describeCopies.list(caller, filter, paging.limit(), paging.after()))
                .map(page -> copies(page, paging));
    }

    private Result<ApiResponse> page(Caller caller, ApiRequest request, Function<Paging, Result<ApiResponse>> read) {
        var query = new QueryParameters(request);
        var paging = query.paging(caller, nextTokens);
        return query.then(() -> read.apply(paging));
    }

    private ApiResponse copies(Copies.Listing page, Paging paging) {
        return ApiResponse.ok(new Pages.CopyPage(views.copies(page.copies()), paging.next(page.next())));
    }

    private ApiResponse tickets(Caller caller, Paging paging) {
        var page = describeCopies.tickets(caller, paging.limit(), paging.after());
        return ApiResponse.ok(new Pages.TicketPage(TicketView.all(page.tickets()), paging.next(page.next())));
    }
}
