package imageferry.function.edge;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A body is read only when the contract's schema has nothing against it; else everything is told at once. */
class BodyTest {
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
    void all_violations_are_told_at_once_each_with_its_place() {
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
    void the_sentence_says_what_is_wrong_and_how_to_mend_it() {
        assertThat(violations("{\"targets\": [{\"name\": \"1x\", \"size\": 3}], \"ticketReason\": 5}"))
                .extracting(Violation::detail)
                .containsExactlyInAnyOrder(
                        "\"targets[0].region\" is missing; needed are region",
                        "\"targets[0].name\" must look like ^[A-Za-z][A-Za-z0-9.:_-]{1,127}$, not 1x. Unique among its"
                                + " owner's images in its region.",
                        "\"targets[0].size\" is not known here; leave it out. Known are region, name, description, tags,"
                                + " shareWith",
                        "\"ticketReason\" must be a JSON string, not 5. What the operator reads when the copy is so large"
                                + " that it needs approval.");
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
                .containsExactly("\"targets[0].tags\" has an entry that cannot be called \"\". At most 20, keys of 1 to"
                        + " 128 characters, values of up to 128.");
    }

    @Test
    void no_body_at_all_lacks_what_is_required() {
        assertThat(violations(null))
                .extracting(violation -> violation.code() + " " + violation.field())
                .containsExactly("MissingParameter targets");
    }

    @Test
    void broken_json_is_told_by_its_place() {
        assertThat(violations("{\"targets\": [}"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.code()).hasToString("MalformedBody"))
                .satisfies(violation ->
                        assertThat(violation.detail()).startsWith("The body is no JSON at line 1, column 1"));
    }

    @Test
    void json_that_nests_deeper_than_anybody_means_is_refused() {
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
        var request = Requests.of("POST", "/copies/{copyId}/retry", Map.of("copyId", "c-1"), "{\"targets\": 1}");

        assertThat(request.bare())
                .isEqualTo(Result.rejected(
                        Code.UNKNOWN_PARAMETER,
                        "targets",
                        "",
                        "\"targets\" is not known here; send no body, as the path says it all"));
        assertThat(Requests.of("POST", "/copies/{copyId}/retry", Map.of(), "{}").bare())
                .isInstanceOf(Result.Accepted.class);
    }

    private static Result<Copying> read(String body) {
        return Body.read(
                Requests.of("POST", "/images/{imageId}/copies", Map.of("imageId", "m-1"), body), Copying.class);
    }

    private static List<Violation> violations(String body) {
        return switch (read(body)) {
            case Result.Accepted<Copying> accepted -> List.of();
            case Result.Rejected<Copying>(var violations) -> violations;
        };
    }
}
