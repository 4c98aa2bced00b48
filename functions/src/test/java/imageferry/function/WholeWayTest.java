package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.function.error.CopyCancelled;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A disk passes through all handlers: imported, copied, shared, used, cancelled, deleted. */
class WholeWayTest {
    private static final String ANN = "222222222222";
    private static final String BOB = "333333333333";

    private final World world = new World();
    private final Client ann = new Client(world, ANN);
    private final Client bob = new Client(world, BOB);

    @Test
    void an_imported_disk_becomes_an_image_with_its_proof() {
        var answer = importDisk("golden");
        run(answer.at("/copy/copyId").asText());

        var image = ann.get(
                "/images/{imageId}",
                Map.of("imageId", answer.at("/image/imageId").asText()));

        assertThat(answer.at("/image/status").asText()).isEqualTo("Waiting");
        assertThat(answer.at("/copy/kind").asText()).isEqualTo("import");
        assertThat(image.get("status").asText()).isEqualTo("Available");
        assertThat(image.get("progress").asText()).isEqualTo("100%");
        assertThat(image.at("/checksum/value").asText()).endsWith("-1");
        assertThat(image.get("createdAt").asText()).isEqualTo("2026-11-23T10:15:30.250Z");
        assertThat(image.has("family")).isFalse();
    }

    @Test
    void a_copy_is_followed_by_its_group_its_source_and_its_own_id() {
        var source = availableImage("golden");
        var group = copy(source, "\"shareWith\": [\"" + BOB + "\"]");
        var copy = group.at("/copies/0/copyId").asText();
        run(copy);

        assertThat(ann.get("/copies/{copyId}", Map.of("copyId", copy))
                        .get("status")
                        .asText())
                .isEqualTo("Available");
        assertThat(ann.get(
                                "/groups/{groupId}",
                                Map.of("groupId", group.get("groupId").asText()))
                        .at("/copies/0/progress")
                        .asText())
                .isEqualTo("100%");
        assertThat(ann.get("/images/{imageId}/copies", Map.of("imageId", source))
                        .at("/copies/0/copyId")
                        .asText())
                .isEqualTo(copy);
        assertThat(ann.list("/copies", Map.of()).get("copies")).hasSize(2);
        assertThat(bob.list("/images", Map.of("region", "eu-west-1", "owner", "shared"))
                        .at("/images/0/category")
                        .asText())
                .isEqualTo("shared");
    }

    @Test
    void strangers_do_not_learn_of_a_copy_or_its_group() {
        var group = copy(availableImage("golden"), "\"name\": \"other\"");

        for (var path : Map.of(
                        "copyId",
                        group.at("/copies/0/copyId").asText(),
                        "groupId",
                        group.get("groupId").asText())
                .entrySet()) {
            var resource = path.getKey().equals("copyId") ? "/copies/{copyId}" : "/groups/{groupId}";
            var response = bob.call("GET", resource, Map.of(path.getKey(), path.getValue()), Map.of(), null);
            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_cancelled_copy_stops_its_workflow_and_is_settled() {
        var group = copy(availableImage("golden"), "\"name\": \"other\"");
        var copy = group.at("/copies/0/copyId").asText();
        var image = group.at("/copies/0/imageId").asText();
        var cancelled = ann.post(202, "/images/{imageId}/cancel-copy", Map.of("imageId", image), null);

        assertThat(cancelled.at("/copy/status").asText()).isEqualTo("Cancelling");
        assertThatThrownBy(() -> run(copy)).isInstanceOf(CopyCancelled.class).hasMessageStartingWith("CopyCancelled: ");
        assertThat(new WorkflowSteps(world).settle(copy, new WorkflowError(CopyCancelled.class.getName(), "ended")))
                .isEqualTo("Cancelled");
        assertThat(ann.get("/images/{imageId}", Map.of("imageId", image))
                        .get("status")
                        .asText())
                .isEqualTo("UnAvailable");
    }

    @Test
    void own_and_shared_images_are_one_list_for_any_page_size() {
        shareOneOfBobs();
        world.later(Duration.ofSeconds(1));
        availableImage("first");
        world.later(Duration.ofSeconds(1));
        availableImage("second");

        var names = new ArrayList<String>();
        var query = new HashMap<>(Map.of("region", "us-east-1", "owner", "all", "pageSize", "1"));
        JsonNode page;
        do {
            page = ann.list("/images", query);
            page.get("images").forEach(image -> names.add(image.get("name").asText()));
            query.put("nextToken", page.path("nextToken").asText());
        } while (page.has("nextToken"));

        assertThat(names).containsExactly("second", "first", "bobs");
    }

    @Test
    void an_image_boots_in_its_region_and_is_not_deleted_while_an_instance_uses_it() {
        var image = availableImage("golden");
        var instance =
                ann.post(201, "/instances", Map.of(), "{\"imageId\": \"" + image + "\", \"region\": \"us-east-1\"}");

        assertThat(instance.at("/systemDisk/checksum/kind").asText()).isEqualTo("composite");
        assertThat(problem(ann.call("DELETE", "/images/{imageId}", Map.of("imageId", image), Map.of(), null)
                        .body()))
                .isEqualTo("ImageUsingByInstance");
        assertThat(ann.call("DELETE", "/images/{imageId}", Map.of("imageId", image), Map.of("force", "true"), null)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_repeated_request_is_answered_as_before_and_a_different_one_is_refused() {
        var source = availableImage("golden");
        var body = "{\"targets\": [{\"region\": \"eu-west-1\", \"name\": \"%s\"}], \"clientToken\": \"once\"}";
        var path = Map.of("imageId", source);
        var first = ann.post(202, "/images/{imageId}/copies", path, body.formatted("one"));

        assertThat(ann.post(202, "/images/{imageId}/copies", path, body.formatted("one"))
                        .get("groupId"))
                .isEqualTo(first.get("groupId"));
        assertThat(ann.post(409, "/images/{imageId}/copies", path, body.formatted("two"))
                        .get("code")
                        .asText())
                .isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void a_repeated_import_whose_image_was_deleted_says_so() {
        var answer = importDisk("golden", ", \"clientToken\": \"once\"");
        run(answer.at("/copy/copyId").asText());
        var image = answer.at("/image/imageId").asText();
        ann.call("DELETE", "/images/{imageId}", Map.of("imageId", image), Map.of(), null);

        var again = ann.post(404, "/images", Map.of(), importBody(ANN, "golden", ", \"clientToken\": \"once\""));

        assertThat(again.get("code").asText()).isEqualTo("InvalidImageId.NotFound");
        assertThat(again.get("detail").asText()).contains(image, "choose a new token");
    }

    @Test
    void regions_have_the_callers_own_import_prefix() {
        var region = ann.list("/regions", Map.of()).at("/regions/1");

        assertThat(region.toString())
                .isEqualTo(
                        "{\"region\":\"eu-west-1\",\"bucket\":\"imageferry-111111111111-eu-west-1\",\"importPrefix\":"
                                + "\"imports/222222222222/\",\"slots\":{\"limit\":5,\"used\":0},\"queueLength\":0,"
                                + "\"quotas\":{\"images\":{\"limit\":100,\"used\":0},"
                                + "\"runningCopies\":{\"limit\":100,\"used\":0}}}");
    }

    @Test
    void a_region_says_that_its_bucket_belongs_to_another_installation() {
        world.store.createText(Blob.ledger(new Region("eu-west-1")), "l-aaaaaaaaaaaaaaaaa");

        var regions = ann.list("/regions", Map.of());

        assertThat(regions.at("/regions/0").has("problem")).isFalse();
        assertThat(regions.at("/regions/1/problem/code").asText()).isEqualTo("RegionOfAnotherInstallation");
    }

    @Test
    void regions_have_the_callers_use_of_each_quota() {
        importDisk("running");
        availableImage("golden");
        shareOneOfBobs();

        assertThat(ann.list("/regions", Map.of()).at("/regions/0/quotas"))
                .hasToString("{\"images\":{\"limit\":100,\"used\":2},\"runningCopies\":{\"limit\":100,\"used\":1}}");
    }

    @Test
    void the_list_of_shares_has_its_limit() {
        assertThat(ann.get("/images/{imageId}/shares", Map.of("imageId", availableImage("golden"))))
                .hasToString("{\"shares\":[],\"limit\":50}");
    }

    @Test
    void usage_has_moved_and_stored_bytes_and_their_price() {
        run(copy(availableImage("golden"), "\"name\": \"other\"")
                .at("/copies/0/copyId")
                .asText());
        world.later(Duration.ofHours(24));

        assertThat(ann.list("/usage", Map.of("month", "2026-11")))
                .hasToString("{\"account\":\"222222222222\",\"month\":\"2026-11\","
                        + "\"prices\":{\"perGiBMoved\":\"0.02\",\"perGiBMonth\":\"0\"},"
                        + "\"moved\":[{\"from\":\"us-east-1\",\"to\":\"eu-west-1\",\"bytes\":1048576,"
                        + "\"gib\":\"0.000977\",\"price\":\"0.0000\"}],"
                        + "\"stored\":[{\"region\":\"eu-west-1\",\"gibMonths\":\"0.000033\",\"price\":\"0.0000\"},"
                        + "{\"region\":\"us-east-1\",\"gibMonths\":\"0.000033\",\"price\":\"0.0000\"}],"
                        + "\"total\":\"0.0000\",\"bytesRequested\":1048576}");
    }

    @Test
    void only_the_operator_sees_the_usage_of_another_account() {
        var query = Map.of("account", BOB);
        var resource = "/usage";

        assertThat(problem(ann.call("GET", resource, Map.of(), query, null).body()))
                .isEqualTo("OperationDenied.NotOperator");
        assertThat(new Client(world, "111111111111")
                        .list(resource, query)
                        .at("/account")
                        .asText())
                .isEqualTo(BOB);
        assertThat(problem(ann.call("GET", resource, Map.of(), Map.of("year", "2026"), null)
                        .body()))
                .isEqualTo("UnknownParameter");
    }

    private JsonNode importDisk(String name) {
        return importDisk(name, "");
    }

    private JsonNode importDisk(String name, String more) {
        return importDisk(ann, ANN, name, more);
    }

    private JsonNode importDisk(Client client, String account, String name, String more) {
        world.store.put(
                new Blob(new Region("us-east-1"), importKey(account, name)), Bytes.random(name.hashCode(), 1 << 20));
        return client.post(202, "/images", Map.of(), importBody(account, name, more));
    }

    private static String importKey(String account, String name) {
        return "imports/" + account + "/" + name + ".img";
    }

    private static String importBody(String account, String name, String more) {
        return "{\"region\": \"us-east-1\", \"name\": \"%s\", \"importKey\": \"%s\", \"format\": \"raw\"%s}"
                .formatted(name, importKey(account, name), more);
    }

    private String availableImage(String name) {
        var answer = importDisk(name);
        run(answer.at("/copy/copyId").asText());
        return answer.at("/image/imageId").asText();
    }

    private void shareOneOfBobs() {
        var answer = importDisk(bob, BOB, "bobs", "");
        run(answer.at("/copy/copyId").asText());
        var variables = Map.of("imageId", answer.at("/image/imageId").asText(), "accountId", ANN);
        assertThat(bob.call("PUT", "/images/{imageId}/shares/{accountId}", variables, Map.of(), null)
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode copy(String source, String more) {
        return ann.post(
                202,
                "/images/{imageId}/copies",
                Map.of("imageId", source),
                "{\"targets\": [{\"region\": \"eu-west-1\", " + more + "}]}");
    }

    private static String problem(String body) {
        return body.replaceAll(".*?\"code\":\"([^\"]+)\".*", "$1");
    }

    private void run(String copyId) {
        new WorkflowSteps(world).run(copyId);
    }
}
