package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.account.AccountId;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.image.SampleImages;
import imageferry.region.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The route that changes an image accepts the contract's requests, reports all violations, and returns the image. */
class ModifyImageFunctionTest {
    private static final String OPERATOR = "111111111111";
    private static final String ANN = "222222222222";
    private static final String IMAGE = "m-aaaaaaaaaaaaaaaaa";

    private final World world = new World();
    private final Client operator = new Client(world, OPERATOR);
    private final Client ann = new Client(world, ANN);

    ModifyImageFunctionTest() {
        var image = new Image(
                new ImageId(IMAGE),
                new Region("us-east-1"),
                new AccountId(OPERATOR),
                ImageStatus.AVAILABLE,
                Image.Terms.of(new ImageName("golden"), new Labels("The first one", "metals", Map.of("os", "debian"))),
                SampleImages.content(new SnapshotId("s-aaaaaaaaaaaaaaaaa")),
                Image.Uses.NONE,
                SampleImages.imported(new CopyId("c-aaaaaaaaaaaaaaaaa"), world.clock.instant(), "arn"));
        world.ledger.commit(List.of(Images.created(image), Images.nameReserved(image)));
    }

    @Test
    void the_answer_is_the_image_as_it_is_now() {
        var answer = operator.patch(
                200,
                IMAGE,
                "{\"name\":\"silver\",\"description\":\"\",\"tags\":{\"team\":\"edge\"},\"status\":\"Deprecated\","
                        + "\"protected\":true}");

        assertThat(answer.get("name").asText()).isEqualTo("silver");
        assertThat(answer.has("description")).isFalse();
        assertThat(answer.get("family").asText()).isEqualTo("metals");
        assertThat(answer.get("tags")).hasToString("{\"team\":\"edge\"}");
        assertThat(answer.get("status").asText()).isEqualTo("Deprecated");
        assertThat(answer.get("protected").asBoolean()).isTrue();
        assertThat(operator.get("/images/{imageId}", Map.of("imageId", IMAGE))).isEqualTo(answer);
    }

    @Test
    void an_image_that_the_operator_publishes_is_in_everybodys_list() {
        var published = operator.patch(200, IMAGE, "{\"productCode\":\"debian-13\"}");

        assertThat(published.get("category").asText()).isEqualTo("marketplace");
        assertThat(published.get("public").asBoolean()).isFalse();
        assertThat(publicList().at("/images/0/productCode").asText()).isEqualTo("debian-13");
        assertThat(operator.patch(200, IMAGE, "{\"public\":true,\"productCode\":\"\"}")
                        .get("category")
                        .asText())
                .isEqualTo("public");
        assertThat(publicList().at("/images/0/public").asBoolean()).isTrue();
        assertThat(operator.patch(200, IMAGE, "{\"public\":false}")
                        .get("category")
                        .asText())
                .isEqualTo("custom");
        assertThat(publicList().get("images")).isEmpty();
    }

    private JsonNode publicList() {
        return ann.list("/images", Map.of("region", "us-east-1", "owner", "public"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"1"}                 | InvalidImageName.Malformed   | name
            {"name":"golden\\n"}         | InvalidImageName.Malformed   | name
            {"name":""}                  | InvalidImageName.Malformed   | name
            {"description":"x"}          | InvalidDescription.Malformed | description
            {"family":"-"}               | InvalidParameter             | family
            {"tags":{"os":7}}            | InvalidTag.Malformed         | tags.os
            {"tags":{"":"x"}}            | InvalidTag.Malformed         | tags
            {"status":"Waiting"}         | InvalidParameter             | status
            {"protected":"yes"}          | InvalidParameter             | protected
            {"public":null}              | InvalidParameter             | public
            {"productCode":"two words"}  | InvalidProductCode.Malformed | productCode
            {"productCode":"-a"}         | InvalidProductCode.Malformed | productCode
            {"owner":"222222222222"}     | UnknownParameter             | owner
            {}                           | InvalidParameter             |
            {"name"                      | MalformedBody                |
            """)
    void a_malformed_change_is_refused_with_its_code_and_field(String body, String code, String field) {
        var problem = operator.patch(400, IMAGE, body);

        assertThat(problem.get("violations")).hasSize(1);
        assertThat(problem.at("/violations/0/code").asText()).isEqualTo(code);
        assertThat(problem.at("/violations/0").path("field").asText(null)).isEqualTo(field);
    }

    @Test
    void all_malformed_fields_are_reported_at_once() {
        var problem =
                operator.patch(400, IMAGE, "{\"name\":\"1\",\"description\":\"x\",\"colour\":\"red\",\"public\":7}");

        assertThat(problem.get("violations"))
                .extracting(violation -> violation.get("field").asText())
                .containsExactlyInAnyOrder("name", "description", "colour", "public");
    }

    @Test
    void an_unknown_parameter_of_the_query_is_refused() {
        var answer = operator.call(
                "PATCH", "/images/{imageId}", Map.of("imageId", IMAGE), Map.of("force", "true"), "{\"public\":true}");

        assertThat(Client.json(400, answer).get("code").asText()).isEqualTo("UnknownParameter");
    }

    @Test
    void a_description_has_two_to_256_characters() {
        assertThat(operator.patch(200, IMAGE, "{\"description\":\"" + "d".repeat(256) + "\"}")
                        .get("description")
                        .asText())
                .hasSize(256);
        assertThat(operator.patch(400, IMAGE, "{\"description\":\"" + "d".repeat(257) + "\"}")
                        .get("code")
                        .asText())
                .isEqualTo("InvalidDescription.Malformed");
        assertThat(operator.patch(200, IMAGE, "{\"description\":\"a\\nb\"}")
                        .get("description")
                        .asText())
                .isEqualTo("a\nb");
    }

    @Test
    void strangers_do_not_learn_of_the_image() {
        assertThat(ann.patch(404, IMAGE, "{\"description\":\"Mine\"}")
                        .get("code")
                        .asText())
                .isEqualTo("InvalidImageId.NotFound");
    }

    @Test
    void a_token_of_one_account_and_filter_opens_no_other_list() {
        operator.patch(200, IMAGE, "{\"public\":true}");
        publishAnother();
        var query = new HashMap<>(Map.of("region", "us-east-1", "owner", "public", "pageSize", "1"));
        var token = ann.list("/images", query).get("nextToken").asText();

        query.put("nextToken", token);
        assertThat(ann.list("/images", query).get("images")).hasSize(1);
        refused(operator, query);
        query.put("owner", "all");
        refused(ann, query);
        query.put("owner", "public");
        query.put("nextToken", token.substring(0, token.length() - 2));
        refused(ann, query);
    }

    private void publishAnother() {
        var another = world.app.images().find(new ImageId(IMAGE)).orElseThrow();
        var second = new Image(
                new ImageId("m-bbbbbbbbbbbbbbbbb"),
                another.region(),
                another.owner(),
                another.status(),
                Image.Terms.of(new ImageName("second"), Labels.NONE),
                another.content(),
                Image.Uses.NONE,
                another.origin());
        world.ledger.commit(List.of(Images.created(second), Images.nameReserved(second)));
        operator.patch(200, "m-bbbbbbbbbbbbbbbbb", "{\"public\":true}");
    }

    private static void refused(Client client, Map<String, String> query) {
        assertThat(Client.json(400, client.call("GET", "/images", Map.of(), query, null))
                        .get("code")
                        .asText())
                .isEqualTo("InvalidNextToken");
    }
}
