package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed, published and deprecated images and their lists, over HTTP and under the deployed roles. */
@Tag("slow")
class ModifiedImagesTest {
    private static final String STRANGER = "333333333333";

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static String first;
    static String second;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
        var disk = BootDisk.make(folder.resolve("disk.img"), 16);
        first = cloud.imported(disk, "first");
        second = cloud.imported(disk, "second");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void labels_and_name_change_in_one_step_and_a_held_name_is_refused() throws Exception {
        var changed = patch(
                Demo.OPERATOR, first, "{\"name\":\"renamed\",\"tags\":{\"team\":\"edge\"},\"family\":\"metals\"}");

        assertThat(changed.orExplain().at("/tags/team").asText()).isEqualTo("edge");
        assertThat(cloud.api.get("/images/" + first).body()).isEqualTo(changed.body());
        assertThat(patch(Demo.OPERATOR, second, "{\"name\":\"renamed\"}").code())
                .isEqualTo("InvalidImageName.Duplicated");
        assertThat(patch(Demo.OPERATOR, first, "{\"name\":\"first\"}").status()).isEqualTo(200);
        assertThat(patch(Demo.OPERATOR, second, "{\"name\":\"renamed\"}").status())
                .isEqualTo(200);
        assertThat(patch(Demo.OPERATOR, second, "{\"name\":\"second\"}").status())
                .isEqualTo(200);
    }

    @Test
    void a_published_image_is_visible_and_usable_for_all_and_cannot_be_copied_or_deleted() throws Exception {
        var stranger = cloud.api.as(STRANGER);
        assertThat(stranger.get("/images/" + first).status()).isEqualTo(404);

        assertThat(patch(Demo.OPERATOR, first, "{\"public\":true}").status()).isEqualTo(200);

        assertThat(stranger.get("/images?region=us-east-1&owner=public")
                        .body()
                        .at("/images/0/category")
                        .asText())
                .isEqualTo("public");
        assertThat(stranger.get("/images/" + first + "/download").status()).isEqualTo(200);
        var instance = stranger.post("/instances", Map.of("imageId", first, "region", "us-east-1"));
        assertThat(instance.status()).isEqualTo(201);
        assertThat(stranger.post(
                                "/images/" + first + "/copies",
                                Map.of("targets", List.of(Map.of("region", "eu-west-1"))))
                        .code())
                .isEqualTo("OperationDenied.PublicImage");
        assertThat(cloud.copy(first, "eu-west-1", "copy").code()).isEqualTo("OperationDenied.PublicImage");
        assertThat(cloud.api.delete("/images/" + first + "?force=true").code())
                .isEqualTo("OperationDenied.PublicImage");
        assertThat(patch(STRANGER, first, "{\"description\":\"Mine\"}").code()).isEqualTo("OperationDenied.NotOwner");

        assertThat(patch(Demo.OPERATOR, first, "{\"public\":false}").status()).isEqualTo(200);
        assertThat(stranger.get("/images/" + first).status()).isEqualTo(404);
        assertThat(stranger.delete("/instances/"
                                + instance.body().path("instanceId").asText())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_deprecated_image_boots_but_is_not_copied_or_shared() throws Exception {
        assertThat(patch(Demo.OPERATOR, second, "{\"status\":\"Deprecated\"}").status())
                .isEqualTo(200);

        assertThat(cloud.api.get("/images/" + second + "/download").status()).isEqualTo(200);
        assertThat(cloud.copy(second, "eu-west-1", "copy").code()).isEqualTo("IncorrectImageStatus");
        assertThat(cloud.api
                        .get("/images?region=us-east-1&status=Deprecated")
                        .body()
                        .at("/images/0/imageId")
                        .asText())
                .isEqualTo(second);
        assertThat(patch(Demo.OPERATOR, second, "{\"status\":\"Available\"}").status())
                .isEqualTo(200);
    }

    @Test
    void a_list_continues_only_for_its_own_account_and_filter() throws Exception {
        var page = cloud.api.get("/images?region=us-east-1&pageSize=1").orExplain();
        var token = page.path("nextToken").asText();

        assertThat(page.at("/images/0/imageId").asText()).isEqualTo(second);
        var rest = cloud.api.get("/images?region=us-east-1&nextToken=" + token).orExplain();
        assertThat(rest.at("/images/0/imageId").asText()).isEqualTo(first);
        assertThat(rest.has("nextToken")).isFalse();
        assertThat(cloud.api
                        .as(STRANGER)
                        .get("/images?region=us-east-1&nextToken=" + token)
                        .code())
                .isEqualTo("InvalidNextToken");
        assertThat(cloud.api
                        .get("/images?region=us-east-1&owner=all&nextToken=" + token)
                        .code())
                .isEqualTo("InvalidNextToken");
        assertThat(cloud.api
                        .get("/images?region=us-east-1&nextToken=" + token.substring(0, 40))
                        .code())
                .isEqualTo("InvalidNextToken");
        var copies = cloud.api.get("/copies?pageSize=1").orExplain();
        assertThat(cloud.api
                        .get("/copies?nextToken=" + copies.path("nextToken").asText())
                        .orExplain()
                        .path("copies"))
                .hasSize(1);
    }

    private static ApiClient.Answer patch(String account, String image, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(cloud.uri() + "/images/" + image))
                .method("PATCH", BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("X-Imageferry-Account", account)
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        return new ApiClient.Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }
}
