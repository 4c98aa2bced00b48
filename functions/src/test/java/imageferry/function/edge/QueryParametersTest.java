package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.rule.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A query is taken as a whole or refused with everything that is wrong with it. */
class QueryParametersTest {
    private static final Caller ANN = new Caller(new AccountId("222222222222"), "arn", false);
    private static final NextTokens TOKENS = new NextTokens(() -> new byte[32]);

    @Test
    void everything_wrong_is_told_at_once() {
        var query = query(Map.of("owner", "me", "pageSize", "101", "colour", "red", "force", "yes", "nextToken", "x"));
        query.required("region");
        query.oneOf("owner", "self", "shared");
        query.flag("force");
        query.paging(ANN, TOKENS);

        assertThat(wrong(query.then(() -> Result.accepted(1))))
                .containsExactlyInAnyOrder(
                        "MissingParameter region",
                        "InvalidParameter owner",
                        "InvalidParameter force",
                        "InvalidParameter pageSize",
                        "InvalidNextToken nextToken",
                        "UnknownParameter colour");
    }

    @Test
    void tags_are_found_by_their_beginning() {
        var query = query(Map.of("tag.os", "debian", "tag.", "empty"));

        assertThat(query.beginningWith("tag.")).containsOnly(Map.entry("os", "debian"), Map.entry("", "empty"));
        assertThat(query.then(() -> Result.accepted(1))).isEqualTo(Result.accepted(1));
    }

    @Test
    void a_page_has_100_entries_unless_asked_for_fewer() {
        assertThat(query(Map.of()).paging(ANN, TOKENS).limit()).isEqualTo(100);
        assertThat(query(Map.of("pageSize", "7")).paging(ANN, TOKENS).limit()).isEqualTo(7);
    }

    private static QueryParameters query(Map<String, String> parameters) {
        return new QueryParameters(Requests.query("/images", parameters));
    }

    private static java.util.List<String> wrong(Result<Integer> result) {
        return switch (result) {
            case Result.Accepted<Integer> accepted -> java.util.List.of();
            case Result.Rejected<Integer>(var violations) ->
                violations.stream().map(v -> v.code() + " " + v.field()).toList();
        };
    }
}
