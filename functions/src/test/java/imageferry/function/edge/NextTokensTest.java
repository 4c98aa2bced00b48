package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.ledger.Key;
import imageferry.ledger.Query;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A nextToken is valid only for its own list and account. */
class NextTokensTest {
    private static final Caller ANN = new Caller(new AccountId("222222222222"), "arn", false);
    private static final Caller BOB = new Caller(new AccountId("333333333333"), "arn", false);
    private static final Query.Position PLACE = new Query.Position(new Key("IMAGE#m-1", "IMAGE"), "2026#m-1");
    private static final Map<String, String> LIST = Map.of("region", "eu-west-1", "tag.os", "debian");

    private final NextTokens tokens = new NextTokens(() -> key(1));
    private final String token = token(tokens, ANN, LIST);

    @Test
    void a_token_continues_its_own_list_for_its_own_caller() {
        assertThat(place(ANN, LIST, token)).isEqualTo(PLACE);
    }

    @Test
    void a_page_of_another_size_may_follow() {
        var larger = new HashMap<>(LIST);
        larger.put("pageSize", "3");

        assertThat(place(ANN, larger, token)).isEqualTo(PLACE);
    }

    @Test
    void another_accounts_token_is_refused() {
        refused(BOB, LIST, token);
    }

    @Test
    void a_token_of_another_filter_is_refused() {
        refused(ANN, Map.of("region", "us-east-1", "tag.os", "debian"), token);
        refused(ANN, Map.of("region", "eu-west-1"), token);
        refused(ANN, Map.of("region", "eu-west-1", "tag.os", "debian", "status", "all"), token);
    }

    @Test
    void a_token_of_another_route_is_refused() {
        var ofTickets = new QueryParameters(Requests.query("/tickets", Map.of()))
                .paging(ANN, tokens)
                .next(PLACE);
        var query = new QueryParameters(Requests.query("/copies", with(Map.of(), ofTickets)));

        assertThat(wrong(query, ANN)).containsExactly("InvalidNextToken nextToken");
    }

    @Test
    void a_forged_token_is_refused() {
        refused(ANN, LIST, token(new NextTokens(() -> key(2)), ANN, LIST));

        var honest = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        refused(ANN, LIST, encoded(honest.replace("2026#m-1", "2025#m-1")));
        refused(ANN, LIST, encoded(honest.replaceFirst("\"seal\":\"[^\"]*\"", "\"seal\":\"\"")));
        refused(ANN, LIST, encoded(honest.replaceFirst(",\"seal\":\"[^\"]*\"", "")));
        refused(ANN, LIST, encoded(honest.replace("{", "{\"more\":1,")));
    }

    @Test
    void a_token_with_missing_or_added_characters_is_refused() {
        for (var length = 0; length < token.length(); length++) {
            refused(ANN, LIST, token.substring(0, length));
        }
        refused(ANN, LIST, token.substring(1));
        refused(ANN, LIST, token + "A");
        refused(ANN, LIST, token + "=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"e30", "bnVsbA", "%%%", "MQ", "eyJwYXJ0aXRpb24iOiIiLCJzb3J0IjoiIiwib3JkZXIiOiIiLCJzZWFsIjoiIn0"})
    void a_text_that_never_was_a_token_is_refused(String text) {
        refused(ANN, LIST, text);
    }

    @Test
    void the_key_is_read_only_to_open_or_to_make_a_token() {
        var asked = new AtomicInteger();
        var counting = new NextTokens(() -> key(asked.incrementAndGet()));

        var paging = new QueryParameters(Requests.query("/images", LIST)).paging(ANN, counting);
        assertThat(paging.next(null)).isNull();

        assertThat(asked).hasValue(0);
    }

    private static byte[] key(int filling) {
        var key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    private static String token(NextTokens tokens, Caller caller, Map<String, String> list) {
        return new QueryParameters(Requests.query("/images", list))
                .paging(caller, tokens)
                .next(PLACE);
    }

    private static String encoded(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private Query.Position place(Caller caller, Map<String, String> list, String text) {
        return new QueryParameters(Requests.query("/images", with(list, text)))
                .paging(caller, tokens)
                .after();
    }

    private void refused(Caller caller, Map<String, String> list, String text) {
        var query = new QueryParameters(Requests.query("/images", with(list, text)));

        assertThat(wrong(query, caller)).as(text).containsExactly("InvalidNextToken nextToken");
    }

    private List<String> wrong(QueryParameters query, Caller caller) {
        query.paging(caller, tokens);
        return switch (query.then(() -> Result.accepted(1))) {
            case Result.Accepted<Integer> accepted -> List.of();
            case Result.Rejected<Integer>(List<Violation> violations) ->
                violations.stream().map(v -> v.code() + " " + v.field()).toList();
        };
    }

    private static Map<String, String> with(Map<String, String> list, String text) {
        var query = new HashMap<>(list);
        query.put("nextToken", text);
        return query;
    }
}
