package imageferry.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import imageferry.account.Caller;
import imageferry.copying.queue.DecideTicket;
import imageferry.function.edge.Api;
import imageferry.function.edge.ApiRequest;
import imageferry.function.edge.ApiResponse;
import imageferry.function.edge.Body;
import imageferry.function.view.TicketView;
import imageferry.rule.Result;
import imageferry.ticket.Ticket;
import org.jspecify.annotations.Nullable;

/** {@code POST /tickets/{ticketId}/approve} and {@code POST /tickets/{ticketId}/reject}. */
public final class DecideTicketFunction implements RequestHandler<ApiRequest, ApiResponse> {
    private final Api api;
    private final DecideTicket decideTicket;

    public DecideTicketFunction() {
        this(App.current().forApi());
    }

    DecideTicketFunction(ApiWiring wiring) {
        this.api = wiring.api();
        this.decideTicket = wiring.decideTicket();
    }

    /** The body, as {@code DecisionRequest} of the contract. */
    record Decision(@Nullable String reason) {}

    @Override
    public ApiResponse handleRequest(ApiRequest request, Context context) {
        return api.answer(
                request,
                caller -> Body.read(request, Decision.class)
                        .then(body -> decide(caller, request, body.reason()))
                        .map(ticket -> ApiResponse.ok(TicketView.of(ticket))));
    }

    private Result<Ticket> decide(Caller caller, ApiRequest request, @Nullable String reason) {
        var ticket = request.variable("ticketId");
        return switch (request.route()) {
            case "POST /tickets/{ticketId}/approve" -> decideTicket.approve(caller, ticket, reason);
            case "POST /tickets/{ticketId}/reject" -> decideTicket.reject(caller, ticket, reason);
            default -> throw request.unknownRoute();
        };
    }
}
