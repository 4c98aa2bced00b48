package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A query is accepted as a whole, or refused with all violations. */
class QueryParametersTest {
    private static final Caller ANN = new Caller(new AccountId("222222222222"), "arn", false);
    private static final NextTokens TOKENS = new NextTokens(() -> new byte[32]);

    @Test
    void everything_wrong_is_reported_at_once() {
        var query = query(Map.of("owner", "me", "pageSize", "101", "colour", "red", "name", "1x", "nextToken", "x"));
        query.paging(ANN, TOKENS);

        assertThat(wrong(query))
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactlyInAnyOrder(
                        "InvalidParameter owner",
                        "InvalidParameter name",
                        "InvalidParameter pageSize",
                        "InvalidNextToken nextToken",
                        "UnknownParameter colour");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner     | me      | InvalidParameter    | "owner" must be one of self, shared, public, all, not "me"
            status    | ready   | InvalidParameter    | "status" must be one of Waiting, Creating, Available, Deprecated, UnAvailable, CreateFailed, Recycled, all, not "ready"
            pageSize  | 0       | InvalidParameter    | "pageSize" must be a whole number from 1 to 100, not 0
            pageSize  | 1e1     | InvalidParameter    | "pageSize" must be a whole number from 1 to 100, not "1e1"
            pageSize  | 007     | InvalidParameter    | "pageSize" must be a whole number from 1 to 100, not "007"
            name      | ''      | InvalidParameter    | "name" must have at least 1 character, not 0
            name      | 1x      | InvalidParameter    | "name" must be the beginning of a name: a letter, followed by letters, digits and . : _ -, not "1x"
            family    | x       | InvalidParameter    | "family" must have at least 2 characters, not 1
            region    | ''      | InvalidParameter    | "region" must have at least 1 character, not 0
            nextToken | ''      | InvalidNextToken    | "nextToken" must have at least 1 character, not 0
            tag       | os      | InvalidTag.Malformed | "tag" must be <key>=<value> with a key of 1 to 128 characters and a value of up to 128, without control characters, not "os"
            tag.      | debian  | InvalidTag.Malformed | The key after "tag." must have at least 1 character, not 0
            colour    | red     | UnknownParameter    | "colour" is not a parameter of this request; leave it out. Known parameters: region, owner, status, name, family, tag, pageSize, nextToken, tag.<key>
            """)
    void a_value_that_the_contract_forbids_is_refused(String name, String value, String code, String detail) {
        var parameters = new HashMap<>(Map.of("region", "us-east-1"));
        parameters.put(name, value);

        assertThat(wrong(query(parameters)))
                .extracting(violation -> violation.code() + " " + violation.detail())
                .containsExactly(code + " " + detail);
    }

    @Test
    void a_long_value_is_reported_by_its_length() {
        assertThat(wrong(query(Map.of("region", "us-east-1", "name", "x".repeat(3_000)))))
                .extracting(Violation::detail)
                .containsExactly("\"name\" must have at most 128 characters, not 3,000");
    }

    @Test
    void a_parameter_that_is_given_twice_is_refused_unless_it_is_a_list() {
        var query = new QueryParameters(Requests.queries(
                "/images",
                Map.of("region", List.of("us-east-1", "eu-west-1"), "tag", List.of("os=debian", "arch=arm"))));

        assertThat(wrong(query))
                .extracting(Violation::detail)
                .containsExactly("\"region\" is given 2 times; give it once");
    }

    @Test
    void tags_are_given_as_a_list_or_by_their_keys() {
        var query = new QueryParameters(Requests.queries(
                "/images",
                Map.of(
                        "region", List.of("us-east-1"),
                        "tag", List.of("os=debian", "formula=a=b", "empty="),
                        "tag.arch", List.of("arm"),
                        "tag.os", List.of("debian"))));

        assertThat(query.tags())
                .containsOnly(
                        Map.entry("os", "debian"),
                        Map.entry("formula", "a=b"),
                        Map.entry("empty", ""),
                        Map.entry("arch", "arm"));
        assertThat(wrong(query)).isEmpty();
    }

    @Test
    void a_tag_with_two_values_matches_nothing_and_is_refused() {
        var query = new QueryParameters(Requests.queries(
                "/images",
                Map.of("region", List.of("us-east-1"), "tag", List.of("os=debian"), "tag.os", List.of("fedora"))));
        query.tags();

        assertThat(wrong(query))
                .extracting(Violation::detail)
                .containsExactly("The tag \"os\" cannot have two values; name each key once");
    }

    /** In a regular expression a dot does not match any of these. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
    void a_line_separator_of_unicode_in_a_value_does_not_change_the_key(String separator) {
        var query = query(Map.of("tag", "os=a" + separator + "b=c"));

        assertThat(query.tags()).containsExactly(Map.entry("os", "a" + separator + "b=c"));
        assertThat(wrong(query)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, 0", "10, 10", "0, 20"})
    void twenty_tags_are_accepted_in_either_form(int listed, int prefixed) {
        var query = new QueryParameters(Requests.queries("/images", tags(listed, prefixed)));

        assertThat(query.tags()).hasSize(20);
        assertThat(wrong(query)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            21 | 0   | "tag" must have at most 20 entries, not 21
            20 | 1   | The tags of all "tag" and "tag.<key>" parameters together must have at most 20 entries, not 21
            1  | 20  | The tags of all "tag" and "tag.<key>" parameters together must have at most 20 entries, not 21
            0  | 200 | The tags of all "tag" and "tag.<key>" parameters together must have at most 20 entries, not 200
            """)
    void more_than_20_tags_are_refused_once_in_any_form(int listed, int prefixed, String detail) {
        var query = new QueryParameters(Requests.queries("/images", tags(listed, prefixed)));
        query.tags();

        assertThat(wrong(query))
                .extracting(violation -> violation.code() + " " + violation.field() + " " + violation.detail())
                .containsExactly("InvalidTag.Malformed tag " + detail);
    }

    @Test
    void a_tag_that_is_given_in_both_forms_counts_once() {
        var parameters = new HashMap<>(tags(20, 0));
        parameters.put("tag.key0", List.of("value"));
        var query = new QueryParameters(Requests.queries("/images", parameters));

        assertThat(query.tags()).hasSize(20);
        assertThat(wrong(query)).isEmpty();
    }

    private static Map<String, List<String>> tags(int listed, int prefixed) {
        var parameters = new HashMap<String, List<String>>();
        parameters.put(
                "tag",
                IntStream.range(0, listed)
                        .mapToObj(number -> "key" + number + "=value")
                        .toList());
        IntStream.range(listed, listed + prefixed)
                .forEach(number -> parameters.put("tag.key" + number, List.of("value")));
        return parameters;
    }

    @Test
    void an_absent_parameter_has_the_default_of_the_contract() {
        var query = query(Map.of("region", "us-east-1"));

        assertThat(query.optional("owner")).hasValue("self");
        assertThat(query.optional("status")).hasValue("Available");
        assertThat(query.optional("name")).isEmpty();
    }

    @Test
    void a_parameter_outside_the_contract_is_a_defect() {
        assertThatIllegalStateException()
                .isThrownBy(() -> query(Map.of("region", "us-east-1")).optional("colour"))
                .withMessage("openapi.yaml has no colour of GET /images");
    }

    @Test
    void a_page_has_100_entries_unless_asked_for_fewer() {
        assertThat(query(Map.of()).paging(ANN, TOKENS).limit()).isEqualTo(100);
        assertThat(query(Map.of("pageSize", "7")).paging(ANN, TOKENS).limit()).isEqualTo(7);
    }

    private static QueryParameters query(Map<String, String> parameters) {
        return new QueryParameters(Requests.query("/images", parameters));
    }

    private static List<Violation> wrong(QueryParameters query) {
        return query.then(() -> Result.accepted(1)).violations();
    }
}
