package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.ledger.Key;
import imageferry.ledger.Query;
import imageferry.rule.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A query is taken as a whole or refused with everything that is wrong with it. */
class QueryParametersTest {
    private static final Caller ANN = new Caller(new AccountId("222222222222"), "arn", false);
    private static final Caller BOB = new Caller(new AccountId("333333333333"), "arn", false);
    private static final Query.Position PLACE = new Query.Position(new Key("IMAGE#m-1", "IMAGE"), "2026#m-1");

    @Test
    void everything_wrong_is_told_at_once() {
        var query = query(Map.of("owner", "me", "pageSize", "101", "colour", "red", "force", "yes", "nextToken", "x"));
        query.required("region");
        query.oneOf("owner", "self", "shared");
        query.flag("force");
        query.paging(ANN);

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
        assertThat(query(Map.of()).paging(ANN).limit()).isEqualTo(100);
        assertThat(query(Map.of("pageSize", "7")).paging(ANN).limit()).isEqualTo(7);
    }

    @Test
    void a_token_leads_its_own_caller_and_list_to_where_the_page_ended() {
        var token = token(ANN, Map.of("region", "eu-west-1"));

        assertThat(page(ANN, Map.of("region", "eu-west-1", "pageSize", "3", "nextToken", token)))
                .isEqualTo(Optional.of(PLACE));
    }

    @Test
    void a_token_of_another_caller_another_list_or_damaged_is_refused() {
        var token = token(ANN, Map.of("region", "eu-west-1"));

        for (var refused : Map.of(
                        BOB, Map.of("region", "eu-west-1", "nextToken", token),
                        ANN, Map.of("region", "us-east-1", "nextToken", token))
                .entrySet()) {
            assertThat(refusal(refused.getKey(), refused.getValue())).containsExactly("InvalidNextToken nextToken");
        }
        for (var damaged : new String[] {token.substring(1), token + "A", "e30", "bnVsbA", "%%%", ""}) {
            assertThat(refusal(ANN, Map.of("region", "eu-west-1", "nextToken", damaged)))
                    .containsExactly("InvalidNextToken nextToken");
        }
    }

    private static QueryParameters query(Map<String, String> parameters) {
        return new QueryParameters(Requests.query("/images", parameters));
    }

    private static String token(Caller caller, Map<String, String> parameters) {
        return query(parameters).paging(caller).next(Optional.of(PLACE));
    }

    private static Optional<Query.Position> page(Caller caller, Map<String, String> parameters) {
        return query(new HashMap<>(parameters)).paging(caller).after();
    }

    private static java.util.List<String> refusal(Caller caller, Map<String, String> parameters) {
        var query = query(parameters);
        query.required("region");
        query.paging(caller);
        return wrong(query.then(() -> Result.accepted(1)));
    }

    private static java.util.List<String> wrong(Result<Integer> result) {
        return switch (result) {
            case Result.Accepted<Integer> accepted -> java.util.List.of();
            case Result.Rejected<Integer>(var violations) ->
                violations.stream().map(v -> v.code() + " " + v.field()).toList();
        };
    }
}
