package imageferry.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Uploads by one account that ask for their import, and the resulting images and copies. */
final class SelfImportingUploads {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunningCloud cloud;
    private final String region;
    private final String account;

    SelfImportingUploads(RunningCloud cloud, String region, String account) {
        this.cloud = cloud;
        this.region = region;
        this.account = account;
    }

    String key(String name) {
        return "imports/" + account + "/" + name;
    }

    /** Puts an object under the account's import prefix. Its headers are sent unchanged. */
    void put(String name, byte[] bytes, Map<String, String> headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address(name));
        headers.forEach(request::header);
        var answer = HTTP.send(request.PUT(BodyPublishers.ofByteArray(bytes)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("S3 answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Deletes an upload. */
    void remove(String name) throws IOException, InterruptedException {
        HTTP.send(HttpRequest.newBuilder(address(name)).DELETE().build(), BodyHandlers.discarding());
    }

    private URI address(String name) {
        return URI.create(cloud.s3() + "/" + RunningCloud.bucket(region) + "/" + key(name));
    }

    /** Waits until an image of that name meets a condition, in any status. */
    JsonNode image(String name, Predicate<JsonNode> wanted) throws Exception {
        return awaited("the image " + name, "/images?status=all&region=" + region + "&name=" + name, "images", wanted);
    }

    /** Waits for an image of that name and status. */
    JsonNode image(String name, String status) throws Exception {
        return image(name, image -> image.path("status").asText().equals(status));
    }

    /** Waits for a copy of the account that meets a condition. */
    JsonNode copy(String what, Predicate<JsonNode> wanted) throws Exception {
        return awaited(what, "/copies", "copies", wanted);
    }

    /** Returns whether the copy imports the upload of that name. */
    boolean isOf(String name, JsonNode copy) {
        return copy.path("importKey").asText().equals(key(name));
    }

    /** All bytes of an image. */
    byte[] bytes(JsonNode image) throws IOException, InterruptedException {
        var link = cloud.api
                .as(account)
                .get("/images/" + image.path("imageId").asText() + "/download")
                .orExplain()
                .path("url")
                .asText();
        return HTTP.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray())
                .body();
    }

    /** The XML of an upload's tags. */
    String tags(String name) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(address(name) + "?tagging")).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private JsonNode awaited(String what, String list, String field, Predicate<JsonNode> wanted) throws Exception {
        var listed = Await.until(
                what,
                PATIENCE,
                () -> cloud.api.as(account).get(list).orExplain().path(field),
                all -> stream(all).anyMatch(wanted));
        return stream(listed).filter(wanted).findFirst().orElseThrow();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
