package imageferry.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.Await;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads that ask for their import, through the whole cloud: the event, the function under its own role, the workflow.
 */
@Timeout(240)
@Tag("slow")
class SelfImportsTest {
    private static final String HOME = RunningCloud.REGIONS.getFirst();
    private static final byte[] DISK = bytes('i', 100_000);

    @TempDir
    static Path folder;

    static RunningCloud cloud;
    static SelfImportingUploads drops;

    @BeforeAll
    static void start() throws Exception {
        cloud = new RunningCloud(folder.resolve("data"), Map.of());
        drops = new SelfImportingUploads(cloud, HOME, "222222222222");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void each_version_of_a_family_becomes_an_image() throws Exception {
        for (var version = 1; version <= 3; version++) {
            var name = "golden-" + version;
            drops.put(name, DISK, asking(name, Map.of("x-amz-meta-imageferry-family", "golden")));

            assertThat(drops.image(name, "Available").path("family").asText()).isEqualTo("golden");
        }
    }

    /** As a job that tries again. The second upload is not lost after any result of the first one. */
    @ParameterizedTest
    @CsvSource({
        "at once, -",
        "when it is imported, Waiting",
        "when it is copied, Copying",
        "when it is an image, Available"
    })
    void an_overwritten_key_becomes_one_image_and_the_other_uploads_are_reported(String when, String status)
            throws Exception {
        var name = "again-" + status;
        var first = bytes('a', 34_000_000);
        var second = bytes('b', 34_000_000);
        drops.put(name, first, asking(name, Map.of()));
        if (!status.equals("-")) {
            drops.copy(when, copy -> drops.isOf(name, copy) && hasReached(status, copy));
        }
        drops.put(name, second, asking(name, Map.of()));

        var image = drops.image(name, "Available");
        var refused = drops.copy(
                "the one that does not become it",
                copy -> drops.isOf(name, copy) && copy.path("status").asText().equals("Failed"));

        if (refused.at("/reason/code").asText().equals("InvalidImageName.Duplicated")) {
            assertThat(drops.bytes(image)).isEqualTo(first);
            assertThat(drops.tags(name)).contains("<Key>imageferry-refused</Key><Value>InvalidImageName.Duplicated: ");
        } else {
            assertThat(refused.at("/reason/code").asText()).isEqualTo("SourceChanged");
            assertThat(drops.bytes(image)).isEqualTo(second);
        }
    }

    private static boolean hasReached(String status, JsonNode copy) {
        var order = List.of("Waiting", "Copying", "Available");
        return order.indexOf(copy.path("status").asText()) >= order.indexOf(status);
    }

    @Test
    void an_upload_of_five_bytes_is_shown_as_refused() throws Exception {
        drops.put("five", bytes('x', 5), Map.of("x-amz-meta-imageferry-name", "five", "x-amz-tagging", "team=a%20b"));

        var copy = drops.copy("the refusal", one -> drops.isOf("five", one));

        assertThat(copy.path("status").asText()).isEqualTo("Failed");
        assertThat(copy.at("/reason/code").asText()).isEqualTo("InvalidImageFormat.Unknown");
        assertThat(cloud.api.get("/images/" + copy.path("imageId").asText()).status())
                .isEqualTo(404);
        Await.until(
                "its tag",
                Duration.ofSeconds(30),
                () -> drops.tags("five"),
                tags -> tags.contains("<Key>imageferry-refused</Key><Value>InvalidImageFormat.Unknown: ")
                        && tags.contains("<Key>team</Key><Value>a b</Value>"));
        assertThat(cloud.executions()).doesNotContain(copy.path("copyId").asText());
        assertThat(cloud.eventsOf(copy.path("copyId").asText()))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.at("/reason/code").asText()).isEqualTo("InvalidImageFormat.Unknown"));
    }

    /** curl sends the bytes of the argument, as every client does that does not encode them. */
    @ParameterizedTest
    @ValueSource(strings = {"=?UTF-8?B?R3LDvMOfZQ==?=", "=?ISO-8859-1?Q?Gr=FC=DFe?=", "Grüße"})
    void a_description_beyond_ascii_is_decoded(String sent) throws Exception {
        var name = "words-" + sent.length();
        var raw = new RawPut(cloud.s3());
        raw.put(
                RunningCloud.bucket(HOME) + "/" + drops.key(name),
                DISK,
                "X-Amz-Meta-Imageferry-Name: " + name,
                "X-Amz-Meta-Imageferry-Format: raw",
                "X-Amz-Meta-Imageferry-Description: " + sent);

        assertThat(drops.image(name, "Available").path("description").asText()).isEqualTo("Grüße");
    }

    @Test
    void tags_in_the_form_of_a_url_query_request_an_import() throws Exception {
        drops.put(
                "tagged",
                DISK,
                Map.of(
                        "x-amz-tagging",
                        "imageferry-name=tagged&imageferry-format=raw&imageferry-description=a%20b%2Fc"));

        assertThat(drops.image("tagged", "Available").path("description").asText())
                .isEqualTo("a b/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GLACIER", "DEEP_ARCHIVE", "SSE-C"})
    void an_unreadable_upload_is_refused_by_event_and_by_request(String how) throws Exception {
        var name = "locked-" + how;
        var headers = new HashMap<>(how.equals("SSE-C") ? customerKey() : Map.of("x-amz-storage-class", how));
        headers.put("x-amz-tagging", "imageferry-name=" + name + "&imageferry-format=raw");
        drops.put(name, DISK, headers);

        var refused = drops.copy("the refusal", copy -> drops.isOf(name, copy));
        var answer = cloud.api
                .as("222222222222")
                .post("/images", Map.of("region", HOME, "name", name, "importKey", drops.key(name), "format", "raw"));

        assertThat(refused.at("/reason/code").asText()).isEqualTo("InvalidImportKey");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("InvalidImportKey");
        assertThat(answer.body().path("detail").asText()).contains("storage class that is read at once");
    }

    @Test
    void a_kept_upload_still_exists_when_its_image_is_available() throws Exception {
        drops.put("kept", DISK, asking("kept", Map.of("x-amz-meta-imageferry-keep-upload", "true")));
        drops.put("gone", DISK, asking("gone", Map.of()));

        drops.image("kept", "Available");
        drops.image("gone", "Available");

        Await.until(
                "the other one to go",
                Duration.ofSeconds(30),
                () -> cloud.buckets.keys(HOME, RunningCloud.bucket(HOME), drops.key("gone")),
                Collection::isEmpty);
        assertThat(cloud.buckets.keys(HOME, RunningCloud.bucket(HOME), drops.key("kept")))
                .hasSize(1);
        var absent = cloud.api
                .as("222222222222")
                .post("/images", Map.of("region", HOME, "name", "once-more", "importKey", drops.key("gone")));
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.body().path("detail").asText())
                .contains("it was imported as image "
                        + drops.image("gone", "Available").path("imageId").asText());
    }

    private static Map<String, String> customerKey() throws Exception {
        var key = bytes('k', 32);
        var prefix = "x-amz-server-side-encryption-customer-";
        var hash = MessageDigest.getInstance("MD5").digest(key);
        return Map.of(
                prefix + "algorithm", "AES256",
                prefix + "key", Base64.getEncoder().encodeToString(key),
                prefix + "key-MD5", Base64.getEncoder().encodeToString(hash));
    }

    private static byte[] bytes(char filling, int length) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) filling);
        return bytes;
    }

    private static Map<String, String> asking(String name, Map<String, String> besides) {
        var headers = new HashMap<>(Map.of("x-amz-meta-imageferry-name", name, "x-amz-meta-imageferry-format", "raw"));
        headers.putAll(besides);
        return headers;
    }
}
