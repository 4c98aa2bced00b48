package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 12, from the copy: an account that sees a copy does not see the source image. */
class SourceIsTheOwnersTest {
    private static final String OPERATOR = "111111111111";

    private final World world = new World();
    private final Client owner = new Client(world, OPERATOR);
    private final Client recipient = new Client(world, "333333333333");
    private final String source = imported();
    private final JsonNode copy = copied();

    private String imported() {
        var key = "imports/" + OPERATOR + "/golden";
        world.store.put(new Blob(new Region("us-east-1"), key), Bytes.random(1, 1_000));
        var answer = owner.post(
                202,
                "/images",
                Map.of(),
                "{\"region\": \"us-east-1\", \"name\": \"golden\", \"importKey\": \"" + key
                        + "\", \"format\": \"raw\"}");
        new WorkflowSteps(world).run(answer.at("/copy/copyId").asText());
        return answer.at("/image/imageId").asText();
    }

    /** A copy of it that is shared with the recipient. */
    private JsonNode copied() {
        var copy = owner.post(
                        202,
                        "/images/{imageId}/copies",
                        Map.of("imageId", source),
                        "{\"targets\": [{\"region\": \"eu-west-1\", \"shareWith\": [\"333333333333\"]}]}")
                .at("/copies/0");
        new WorkflowSteps(world).run(copy.path("copyId").asText());
        return copy;
    }

    private JsonNode seenBy(Client client) {
        return client.get(
                "/images/{imageId}", Map.of("imageId", copy.path("imageId").asText()));
    }

    @Test
    void a_recipient_sees_the_image_and_not_its_source() {
        assertThat(seenBy(recipient).path("category").asText()).isEqualTo("shared");
        assertThat(seenBy(recipient).toString())
                .doesNotContain(source)
                .doesNotContain(copy.path("copyId").asText());
        assertThat(recipient
                        .list("/images", Map.of("region", "eu-west-1", "owner", "shared"))
                        .toString())
                .contains(copy.path("imageId").asText())
                .doesNotContain(source);
    }

    @Test
    void strangers_do_not_see_the_source_of_a_public_image() {
        owner.patch(200, copy.path("imageId").asText(), "{\"public\": true}");

        var seen = seenBy(new Client(world, "444444444444"));
        assertThat(seen.path("category").asText()).isEqualTo("public");
        assertThat(seen.has("source")).isFalse();
    }

    @Test
    void the_owner_sees_the_source_also_of_a_public_image() {
        owner.patch(200, copy.path("imageId").asText(), "{\"public\": true}");

        assertThat(seenBy(owner).at("/source/imageId").asText()).isEqualTo(source);
    }
}
