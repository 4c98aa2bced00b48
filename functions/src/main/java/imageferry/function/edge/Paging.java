package imageferry.function.edge;

import imageferry.account.Caller;
import imageferry.ledger.Query;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a caller asks for.
 *
 * @param limit at most this many entries, 1–100
 * @param after where the page before ended; null for the first page
 * @param list names the list, its owner and its filters: a token of one list opens no other
 */
public record Paging(int limit, Query.@Nullable Position after, String list, NextTokens tokens) {
    static final int LARGEST = 100;

    static Paging of(ApiRequest request, Caller caller, int limit, NextTokens tokens) {
        var filters = new TreeMap<>(request.query());
        filters.remove("pageSize");
        filters.remove("nextToken");
        var list = Json.text(List.of(caller.account().value(), request.route(), request.variables(), filters));
        return new Paging(limit, null, list, tokens);
    }

    Result<Paging> from(String token) {
        return tokens.read(token, list)
                .<Result<Paging>>map(position -> Result.accepted(new Paging(limit, position, list, tokens)))
                .orElseGet(() -> Result.rejected(
                        Code.INVALID_NEXT_TOKEN,
                        "nextToken",
                        token,
                        "The nextToken does not belong to this list; repeat the original request with the same"
                                + " parameters, or leave it out to start again"));
    }

    /** The token of the next page; null when there is none. */
    public @Nullable String next(Query.@Nullable Position position) {
        return position == null ? null : tokens.text(position, list);
    }
}
