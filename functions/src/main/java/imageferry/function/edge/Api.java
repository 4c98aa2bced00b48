package imageferry.function.edge;

import imageferry.account.Caller;
import imageferry.ledger.LedgerUnavailable;
import imageferry.rule.Result;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import java.lang.System.Logger.Level;
import java.util.function.Function;

/**
 * The edge that all API handlers share: identifies the caller, and turns every outcome of their work into an answer.
 */
public final class Api {
    private static final System.Logger LOG = System.getLogger(Api.class.getName());
    private static final int COME_BACK_SECONDS = 5;

    private final Callers callers;

    public Api(Callers callers) {
        this.callers = callers;
    }

    /** Answers in every case: a rejection with all its violations, a defect with a problem that reveals nothing. */
    public ApiResponse answer(ApiRequest request, Function<Caller, Result<ApiResponse>> work) {
        var requestId = request.requestId();
        try {
            return switch (callers.of(request).then(work)) {
                case Result.Accepted<ApiResponse>(var response) -> response;
                case Result.Rejected<ApiResponse>(var violations) ->
                    ApiResponse.problem(Problem.of(violations, requestId));
            };
        } catch (LedgerUnavailable | StoreUnavailable e) {
            LOG.log(Level.WARNING, request.route() + " of request " + requestId + " found a service out of reach", e);
            return ApiResponse.comeBack(Problem.unavailable(requestId), COME_BACK_SECONDS);
        } catch (StoreRefused e) {
            LOG.log(Level.ERROR, request.route() + " of request " + requestId + " was refused by the store", e);
            return ApiResponse.problem(Problem.refusedByStore(e.getMessage(), requestId));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, request.route() + " of request " + requestId + " failed", e);
            return ApiResponse.problem(Problem.defect(requestId));
        }
    }
}
