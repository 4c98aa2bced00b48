package imageferry.function.edge;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A body is read only if it meets the contract's schema. Otherwise all violations are reported at once. */
class BodyTest {
    private static final Map<String, String> COPY = Map.of("copyId", "c-abcdefghijklmnopq");

    record Copying(List<Target> targets, String ticketReason) {
        record Target(String region, String name) {}
    }

    @Test
    void a_body_that_the_contract_allows_is_read() {
        var body = read(
                "{\"targets\": [{\"region\": \"eu-west-1\", \"name\": \"golden\"}], \"ticketReason\": \"Ein großes\"}");

        assertThat(body)
                .isEqualTo(
                        Result.accepted(new Copying(List.of(new Copying.Target("eu-west-1", "golden")), "Ein großes")));
    }

    @Test
    void all_violations_are_reported_at_once_each_with_its_pointer() {
        var violations = violations("""
                {"targets": [{"region": "eu-west-1"}, {"name": "1x", "shareWith": ["123", 7]}, {"region": 4, "colour": "red"}],
                 "ticketReason": "x", "clientToken": "two words", "dryRun": true}""");

        assertThat(violations)
                .extracting(violation -> violation.code() + " " + violation.field() + " " + violation.value())
                .containsExactlyInAnyOrder(
                        "MissingParameter targets[1].region ",
                        "InvalidImageName.Malformed targets[1].name 1x",
                        "InvalidAccountId.Malformed targets[1].shareWith[0] 123",
                        "InvalidAccountId.Malformed targets[1].shareWith[1] 7",
                        "InvalidParameter targets[2].region 4",
                        "UnknownParameter targets[2].colour ",
                        "InvalidParameter ticketReason x",
                        "InvalidClientToken.Malformed clientToken two words",
                        "UnknownParameter dryRun ");
    }

    @Test
    void the_sentence_says_what_is_wrong_and_how_to_fix_it() {
        assertThat(violations("{\"targets\": [{\"name\": \"1x\", \"size\": 3}], \"ticketReason\": 5}"))
                .extracting(Violation::detail)
                .containsExactlyInAnyOrder(
                        "\"targets[0].region\" is missing; required: region",
                        "\"targets[0].name\" must be a letter, followed by letters, digits and . : _ -, not \"1x\"",
                        "\"targets[0].size\" is not a known field; leave it out. Known fields: region, name, description, tags,"
                                + " shareWith",
                        "\"ticketReason\" must be a string, not 5");
    }

    @Test
    void a_length_is_reported_as_a_number() {
        assertThat(violations(target("\"name\": \"" + "n".repeat(300) + "\", \"description\": \"d\"")))
                .extracting(Violation::detail)
                .containsExactlyInAnyOrder(
                        "\"targets[0].name\" must have at most 128 characters, not 300",
                        "\"targets[0].description\" must have at least 2 characters, not 1");
    }

    @Test
    void a_character_outside_the_basic_plane_counts_once() {
        assertThat(violations(target("\"description\": \"" + "\ud83d\udc27".repeat(256) + "\"")))
                .isEmpty();
        assertThat(violations(target("\"description\": \"" + "\ud83d\udc27".repeat(257) + "\"")))
                .extracting(Violation::detail)
                .containsExactly("\"targets[0].description\" must have at most 256 characters, not 257");
    }

    @Test
    void too_many_entries_are_reported_as_a_number() {
        var accounts = IntStream.range(0, 51).mapToObj("\"%012d\""::formatted).collect(joining(", "));
        var tags = IntStream.range(0, 21).mapToObj("\"k%d\": \"v\""::formatted).collect(joining(", "));

        assertThat(violations(target("\"shareWith\": [" + accounts + "]")))
                .extracting(Violation::detail)
                .containsExactly("\"targets[0].shareWith\" must have at most 50 entries, not 51");
        assertThat(violations(target("\"tags\": {" + tags + "}")))
                .extracting(Violation::detail)
                .containsExactly("\"targets[0].tags\" must have at most 20 entries, not 21");
        assertThat(violations("{\"targets\": []}"))
                .extracting(Violation::detail)
                .containsExactly("\"targets\" must have at least 1 entry, not 0");
        assertThat(violations("{\"targets\": {}}"))
                .extracting(Violation::detail)
                .containsExactly("\"targets\" must be an array, not an object");
    }

    @Test
    void control_characters_are_refused_but_for_tab_and_line_breaks_in_texts() {
        assertThat(violations(target("\"description\": \"one\\n\\ttwo\""))).isEmpty();
        assertThat(violations(
                        target("\"description\": \"a\\u0000b\", \"tags\": {\"os\": \"a\\u001bb\", \"k\\n\": \"\"}")))
                .extracting(violation -> violation.code() + " " + violation.field() + " " + violation.detail())
                .containsExactlyInAnyOrder(
                        "InvalidDescription.Malformed targets[0].description \"targets[0].description\" must be text"
                                + " without control characters other than tab and line breaks, not \"a\ufffdb\"",
                        "InvalidTag.Malformed targets[0].tags.os \"targets[0].tags.os\" must be text without control"
                                + " characters, not \"a\ufffdb\"",
                        "InvalidTag.Malformed targets[0].tags A key of \"targets[0].tags\" must be text without control"
                                + " characters, not \"k\ufffd\"");
    }

    @Test
    void a_lone_surrogate_is_refused_anywhere() {
        assertThat(violations(target("\"description\": \"a\\ud83d\", \"tags\": {\"os\": \"\\udc27x\"}")))
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactly("MalformedBody targets[0].description", "MalformedBody targets[0].tags.os");
        assertThat(violations("{\"\\udc27\": 1}"))
                .extracting(violation -> violation.code().toString())
                .containsExactly("MalformedBody");
    }

    @Test
    void violations_of_path_query_and_body_are_reported_at_once() {
        var request = new ApiRequest(
                "POST",
                "/images/{imageId}/copies",
                null,
                Map.of("imageId", "m-1"),
                Map.of("dryRun", "true"),
                null,
                "{}",
                false,
                null);

        assertThat(Body.read(request, Copying.class).violations())
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactly(
                        "InvalidImageId.NotFound imageId", "UnknownParameter dryRun", "MissingParameter targets");
    }

    @Test
    void a_line_break_after_a_text_is_part_of_it() {
        assertThat(violations("""
                {"targets": [{"region": "eu-west-1", "name": "golden\\n", "shareWith": ["222222222222\\n"]}],
                 "clientToken": "once\\n"}"""))
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactlyInAnyOrder(
                        "InvalidImageName.Malformed targets[0].name",
                        "InvalidAccountId.Malformed targets[0].shareWith[0]",
                        "InvalidClientToken.Malformed clientToken");
    }

    @Test
    void the_key_of_a_tag_has_one_to_128_characters() {
        var body = "{\"targets\": [{\"region\": \"eu-west-1\", \"tags\": {\"%s\": \"debian\"}}]}";

        assertThat(violations(body.formatted("k".repeat(128)))).isEmpty();
        assertThat(violations(body.formatted("k".repeat(129))))
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactly("InvalidTag.Malformed targets[0].tags");
        assertThat(violations(body.formatted("")))
                .extracting(Violation::detail)
                .containsExactly("A key of \"targets[0].tags\" must have at least 1 character, not 0");
    }

    @Test
    void an_absent_body_lacks_the_required_fields() {
        assertThat(violations(null))
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactly("MissingParameter targets");
    }

    @Test
    void broken_json_is_reported_with_its_position() {
        assertThat(violations("{\"targets\": [}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.code()).hasToString("MalformedBody"))
                .satisfies(violation ->
                        assertThat(violation.detail()).startsWith("The body is not JSON at line 1, column 1"));
    }

    @Test
    void too_deeply_nested_json_is_refused() {
        assertThat(violations("[".repeat(5_000)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.code()).hasToString("MalformedBody"))
                .satisfies(violation -> assertThat(violation.detail()).contains("nesting depth"));
    }

    @Test
    void a_field_given_twice_is_refused() {
        assertThat(violations("{\"targets\": [], \"targets\": [{\"region\": \"eu-west-1\"}]}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.code()).hasToString("MalformedBody"))
                .satisfies(violation -> assertThat(violation.detail()).contains("Duplicate field 'targets'"));
    }

    @Test
    void something_after_the_body_is_refused() {
        assertThat(violations("{\"targets\": [{\"region\": \"eu-west-1\"}]} {}"))
                .extracting(violation -> violation.code().toString())
                .containsExactly("MalformedBody");
    }

    @Test
    void a_body_of_another_kind_is_refused() {
        assertThat(violations("[1]"))
                .extracting(violation -> violation.code().toString())
                .containsExactly("MalformedBody");
    }

    @Test
    void a_body_of_64_KiB_is_read_and_one_byte_more_is_not() {
        var fits = "{\"targets\": \"" + "x".repeat(64 * 1024 - 15) + "\"}";

        assertThat(violations(fits))
                .extracting(violation -> violation.code().toString())
                .containsExactly("InvalidParameter");
        assertThat(violations(fits + " "))
                .extracting(violation -> violation.code().toString())
                .containsExactly("BodyTooLarge");
    }

    @Test
    void a_route_that_takes_no_body_refuses_one() {
        var request = Requests.of("POST", "/copies/{copyId}/retry", COPY, "{\"targets\": 1}");

        assertThat(request.bare())
                .isEqualTo(Result.rejected(
                        Code.UNKNOWN_PARAMETER,
                        "targets",
                        "",
                        "\"targets\" is not a known field; this request takes no body"));
        assertThat(Requests.of("POST", "/copies/{copyId}/retry", COPY, "{}").bare())
                .isInstanceOf(Result.Accepted.class);
    }

    private static String target(String fields) {
        return "{\"targets\": [{\"region\": \"eu-west-1\", " + fields + "}]}";
    }

    private static Result<Copying> read(String body) {
        return Body.read(
                Requests.of("POST", "/images/{imageId}/copies", Map.of("imageId", "m-abcdefghijklmnopq"), body),
                Copying.class);
    }

    private static List<Violation> violations(String body) {
        return switch (read(body)) {
            case Result.Accepted<Copying> accepted -> List.of();
            case Result.Rejected<Copying>(var violations) -> violations;
        };
    }
}
