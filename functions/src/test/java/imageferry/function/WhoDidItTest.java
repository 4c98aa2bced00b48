package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.ledger.Key;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lasting changes record the caller's principal. (PublishedEventsTest checks images and copies.) */
class WhoDidItTest {
    private static final String ANN = "arn:aws:iam::222222222222:user/ann";

    private final World world = new World();
    private final Client ann = new Client(world, "222222222222");

    private JsonNode imported(String name) {
        var key = "imports/222222222222/" + name;
        world.store.put(new Blob(new Region("us-east-1"), key), Bytes.random(name.hashCode(), 1_000));
        var answer = ann.post(
                202,
                "/images",
                Map.of(),
                "{\"region\": \"us-east-1\", \"name\": \"" + name + "\", \"importKey\": \"" + key
                        + "\", \"format\": \"raw\"}");
        new WorkflowSteps(world).run(answer.at("/copy/copyId").asText());
        return answer.get("image");
    }

    private static String id(JsonNode image) {
        return image.get("imageId").asText();
    }

    @Test
    void a_share_records_its_giver() {
        var image = id(imported("golden"));

        var shares = Client.json(
                200,
                ann.call(
                        "PUT",
                        "/images/{imageId}/shares/{accountId}",
                        Map.of("imageId", image, "accountId", "333333333333"),
                        Map.of(),
                        null));

        assertThat(shares.at("/shares/0/by").asText()).isEqualTo(ANN);
    }

    @Test
    void a_share_from_a_copy_request_records_the_requester() {
        var copy = ann.post(
                        202,
                        "/images/{imageId}/copies",
                        Map.of("imageId", id(imported("golden"))),
                        "{\"targets\": [{\"region\": \"eu-west-1\", \"shareWith\": [\"333333333333\"]}]}")
                .at("/copies/0");
        new WorkflowSteps(world).run(copy.get("copyId").asText());

        assertThat(ann.get("/images/{imageId}/shares", Map.of("imageId", id(copy)))
                        .at("/shares/0/by")
                        .asText())
                .isEqualTo(ANN);
    }

    @Test
    void an_instance_records_its_creator_and_the_account_that_replaced_its_disk() {
        var first = id(imported("first"));
        var body = "{\"imageId\": \"%s\", \"region\": \"us-east-1\"}".formatted(first);
        var instance =
                ann.post(201, "/instances", Map.of(), body).get("instanceId").asText();
        var key = new Key("INSTANCE#" + instance, "INSTANCE");
        assertThat(world.ledger.read(key).orElseThrow().text("createdBy")).isEqualTo(ANN);
        assertThat(world.ledger.read(key).orElseThrow().has("changedBy")).isFalse();

        var replaced = ann.call(
                "PUT",
                "/instances/{instanceId}/system-disk",
                Map.of("instanceId", instance),
                Map.of(),
                "{\"imageId\": \"" + id(imported("second")) + "\"}");

        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
        assertThat(world.ledger.read(key).orElseThrow().text("changedBy")).isEqualTo(ANN);
    }
}
