package imageferry.function;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.function.edge.Json;
import imageferry.function.edge.LambdaSerializer;
import imageferry.function.event.ObjectCreated;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.UnreadableObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upload is imported when its metadata or tags ask for it, once, and only for the account of its prefix. */
class ImportUploadFunctionTest {
    private static final Blob UPLOAD = new Blob(new Region("us-east-1"), "imports/222222222222/golden.img");

    private static final Map<String, String> ASKS = Map.of("imageferry-name", "golden", "imageferry-format", "raw");

    private final World world = new World();
    private final ImportUploadFunction function =
            new ImportUploadFunction(world.app.forEvents().importUpload());

    @Test
    void an_upload_that_requests_its_import_becomes_an_image_of_its_account() {
        upload(Map.of(
                "imageferry-name",
                "golden",
                "imageferry-format",
                "raw",
                "imageferry-family",
                "base",
                "imageferry-description",
                "Golden disk"));

        var image = image(imported(UPLOAD.key(), "1"));

        assertThat(image.get("name").asText()).isEqualTo("golden");
        assertThat(image.get("family").asText()).isEqualTo("base");
        assertThat(image.get("description").asText()).isEqualTo("Golden disk");
    }

    @Test
    void tags_work_like_metadata_and_metadata_win() {
        upload(Map.of("imageferry-family", "base"));
        world.store.tag(
                UPLOAD,
                Map.of(
                        "imageferry-name", "golden",
                        "imageferry-format", "raw",
                        "imageferry-family", "other",
                        "imageferry-description", "Golden disk",
                        "team", "platform"));

        var image = image(imported(UPLOAD.key(), "1"));

        assertThat(image.get("name").asText()).isEqualTo("golden");
        assertThat(image.get("family").asText()).isEqualTo("base");
        assertThat(image.get("description").asText()).isEqualTo("Golden disk");
        assertThat(image.get("format").asText()).isEqualTo("raw");
    }

    @Test
    void the_same_event_twice_imports_once() {
        upload(ASKS);

        assertThat(imported(UPLOAD.key(), "1")).isNotNull().isEqualTo(imported(UPLOAD.key(), "1"));
    }

    @Test
    void the_record_of_an_event_that_was_given_up_is_the_event() {
        upload(ASKS);
        var event = event(UPLOAD.key(), "1");
        var record = Json.text(Map.of(
                "requestContext", Map.of("condition", "RetriesExhausted", "approximateInvokeCount", 3),
                "requestPayload", event,
                "responsePayload", Map.of("errorMessage", "no")));

        var replayed = new LambdaSerializer().<ObjectCreated>fromJson(record, ObjectCreated.class);

        assertThat(replayed).isEqualTo(event);
    }

    @Test
    void the_same_event_imports_nothing_more_after_a_change_of_the_tags() {
        upload(ASKS);
        var copy = imported(UPLOAD.key(), "1");
        var once = world.ledger.contents();

        world.store.tag(UPLOAD, Map.of("imageferry-description", "Another one"));

        assertThat(imported(UPLOAD.key(), "1")).isEqualTo(copy);
        assertThat(world.ledger.contents()).isEqualTo(once);
    }

    /** S3 returns characters beyond ASCII as RFC 2047 words. The last two rows are its conversion of raw UTF-8. */
    @ParameterizedTest
    @CsvSource({
        "=?UTF-8?B?R3LDvMOfZQ==?=, Grüße",
        "=?ISO-8859-1?Q?Gr=FC=DFe?= =?UTF-8?Q?_2?=, Grüße 2",
        "=?UTF-8?B?R3LDg8K8w4PCn2U=?=, Grüße",
        "=?UTF-8?B?w6TCvcKgw6XCpcK9?=, 你好",
    })
    void values_beyond_ascii_are_decoded(String sent, String description) {
        var words = new HashMap<>(ASKS);
        words.put("imageferry-description", sent);
        upload(words);

        assertThat(image(imported(UPLOAD.key(), "1")).get("description").asText())
                .isEqualTo(description);
    }

    @Test
    void a_name_is_checked_after_it_is_decoded() {
        var words = new HashMap<>(ASKS);
        words.put("imageferry-name", "=?UTF-8?Q?golden=2D1?=");
        upload(words);
        assertThat(image(imported(UPLOAD.key(), "1")).get("name").asText()).isEqualTo("golden-1");

        words.put("imageferry-name", "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
        upload(words);
        assertThat(reason(imported(UPLOAD.key(), "2")).get("detail").asText()).contains("\"Grüße\"");
    }

    @ParameterizedTest
    @CsvSource({
        "imageferry-name, 1x, InvalidImageName.Malformed",
        "imageferry-family, 1x, InvalidParameter",
        "imageferry-description, x, InvalidDescription.Malformed",
        "imageferry-description, 'a\u0007b', InvalidDescription.Malformed",
        "imageferry-format, tar, InvalidParameter",
        "imageferry-format, qcow2, InvalidImageFormat.Unknown",
        "imageferry-expected-checksum, abc-1, InvalidParameter",
        "imageferry-expected-checksum, 'VNwhJGxds8F+JFPBJ2b3YB42/0HVsg1ZwerTzHvn85s=-7', ImageChecksumMismatch",
        "imageferry-keep-upload, yes, InvalidParameter",
    })
    void a_wrong_request_becomes_a_failed_copy_and_a_tag_and_no_image(String word, String value, String code) {
        var words = new HashMap<>(ASKS);
        words.put(word, value);
        upload(words);
        world.store.tag(UPLOAD, Map.of("team", "platform"));

        var outcome = function.handleRequest(event(UPLOAD.key(), "1"), new LambdaCall());

        assertThat(outcome.refused()).isEqualTo(code);
        var client = new Client(world, "222222222222");
        var copy = client.list("/copies", Map.of()).at("/copies/0");
        assertThat(copy.get("copyId").asText()).isEqualTo(outcome.copyId());
        assertThat(copy.get("status").asText()).isEqualTo("Failed");
        assertThat(copy.at("/reason/code").asText()).isEqualTo(code);
        assertThat(copy.get("importKey").asText()).isEqualTo(UPLOAD.key());
        assertThat(copy.get("progress").asText()).isEqualTo("0%");
        var image = Map.of("imageId", copy.get("imageId").asText());
        assertThat(client.call("GET", "/images/{imageId}", image, Map.of(), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.list("/images", Map.of("region", "us-east-1", "status", "all"))
                        .get("images"))
                .isEmpty();
        assertThat(world.ledger.contents().keySet())
                .noneMatch(key -> key.partition().matches("(NAME|QUOTA|IMAGE)#.*"));
        assertThat(world.store.tags(UPLOAD)).containsEntry("team", "platform").hasSize(2);
        assertThat(world.store.tags(UPLOAD).get("imageferry-refused"))
                .startsWith(code + ": ")
                .matches("[\\p{L}\\p{N} +\\-=._:/@]{1,256}");
    }

    @Test
    void all_violations_are_reported_at_once() {
        upload(Map.of("imageferry-name", "1x", "imageferry-description", "x"));

        assertThat(reason(imported(UPLOAD.key(), "1")).get("detail").asText())
                .isEqualTo(
                        "The upload says imageferry-name \"1x\"; give 2–128 characters, first a letter, then letters,"
                                + " digits, . : _ -. The upload says imageferry-description \"x\"; give 2 to 256 characters without control characters");
    }

    @Test
    void a_repeated_refusal_is_one_copy_and_repeats_a_failed_tagging() {
        upload(Map.of("imageferry-name", "1x"));
        var first = imported(UPLOAD.key(), "1");
        var once = world.ledger.contents();
        var tags = world.store.tags(UPLOAD);
        world.store.tag(UPLOAD, Map.of());

        assertThat(imported(UPLOAD.key(), "1")).isEqualTo(first);
        assertThat(world.ledger.contents()).isEqualTo(once);
        assertThat(world.store.tags(UPLOAD)).isEqualTo(tags);
    }

    @Test
    void ten_tags_of_the_owner_leave_no_room_for_another() {
        upload(Map.of("imageferry-name", "1x"));
        var ten = IntStream.range(0, 10).boxed().collect(toMap(i -> "tag-" + i, i -> "x"));
        world.store.tag(UPLOAD, ten);

        assertThat(reason(imported(UPLOAD.key(), "1"))).isNotNull();
        assertThat(world.store.tags(UPLOAD)).isEqualTo(ten);
    }

    @Test
    void a_bucket_that_forbids_tags_only_costs_the_tag() {
        upload(Map.of("imageferry-name", "1x"));
        world.store.faults().before(Call.TAG, number -> {
            throw new StoreRefused("S3 refused to tag it: AccessDenied");
        });

        assertThat(reason(imported(UPLOAD.key(), "1"))).isNotNull();
    }

    @Test
    void a_refused_upload_cannot_be_retried() {
        upload(Map.of("imageferry-name", "1x"));
        var copy = imported(UPLOAD.key(), "1");

        var refused =
                new Client(world, "222222222222").post(409, "/copies/{copyId}/retry", Map.of("copyId", copy), null);

        assertThat(refused.get("code").asText()).isEqualTo("IncorrectCopyStatus.NotRetryable");
    }

    @Test
    void an_upload_under_the_uploader_s_own_key_is_refused_if_its_tags_request_the_import() {
        upload(ASKS);
        world.store.tag(UPLOAD, ASKS);
        world.store.faults().before(Call.LOOK, number -> {
            throw new UnreadableObject("S3 refused to look at it: no code (HTTP 400)");
        });

        assertThat(reason(imported(UPLOAD.key(), "1")).get("code").asText()).isEqualTo("InvalidImportKey");
        assertThat(world.store.tags(UPLOAD)).containsKey("imageferry-refused");
    }

    @Test
    void an_upload_in_an_archive_is_refused() {
        upload(ASKS);
        world.store.faults().before(Call.READ, number -> {
            throw new StoreRefused("S3 refused to read it: InvalidObjectState (HTTP 403)");
        });

        var reason = reason(imported(UPLOAD.key(), "1"));

        assertThat(reason.get("code").asText()).isEqualTo("InvalidImportKey");
        assertThat(reason.get("detail").asText()).contains("storage class that is read at once");
    }

    @Test
    void a_kept_upload_stays_and_its_event_imports_nothing_more() {
        var words = new HashMap<>(ASKS);
        words.put("imageferry-keep-upload", "true");
        upload(words);
        var copy = imported(UPLOAD.key(), "1");

        new WorkflowSteps(world).run(copy);

        assertThat(world.store.look(UPLOAD)).isPresent();
        world.later(Duration.ofDays(44));
        assertThat(imported(UPLOAD.key(), "1")).isEqualTo(copy);
    }

    @Test
    void an_upload_is_deleted_by_default_once_its_image_is_available() {
        upload(ASKS);

        new WorkflowSteps(world).run(imported(UPLOAD.key(), "1"));

        assertThat(world.store.look(UPLOAD)).isEmpty();
    }

    @Test
    void an_upload_without_a_request_is_ignored() {
        upload(Map.of());

        assertThat(imported(UPLOAD.key(), "1")).isNull();
        assertThat(world.ledger.contents()).isEmpty();
    }

    @Test
    void a_key_without_an_account_changes_nothing() {
        for (var key :
                new String[] {"imports/golden.img", "imports/me/golden.img", "snapshots/222222222222/golden.img"}) {
            var blob = new Blob(UPLOAD.region(), key);
            world.store.put(blob, Bytes.random(1, 1000));
            world.store.describe(blob, ASKS);
            assertThat(imported(key, "1")).isNull();
        }

        assertThat(world.ledger.contents()).isEmpty();
    }

    @Test
    void an_upload_that_is_already_deleted_is_ignored() {
        assertThat(imported(UPLOAD.key(), "1")).isNull();
    }

    private void upload(Map<String, String> metadata) {
        world.store.put(UPLOAD, Bytes.random(1, 1000));
        world.store.describe(UPLOAD, metadata);
    }

    private JsonNode image(String copyId) {
        var client = new Client(world, "222222222222");
        var copy = client.get("/copies/{copyId}", Map.of("copyId", copyId));
        return client.get(
                "/images/{imageId}", Map.of("imageId", copy.get("imageId").asText()));
    }

    private JsonNode reason(String copyId) {
        return new Client(world, "222222222222")
                .get("/copies/{copyId}", Map.of("copyId", copyId))
                .get("reason");
    }

    private String imported(String key, String sequencer) {
        return function.handleRequest(event(key, sequencer), new LambdaCall()).copyId();
    }

    private ObjectCreated event(String key, String sequencer) {
        var eTag = world.store
                .stored(new Blob(UPLOAD.region(), key))
                .orElse("none")
                .replace("\"", "");
        return new ObjectCreated(
                "us-east-1",
                new ObjectCreated.Detail(
                        new ObjectCreated.Bucket("imageferry-111111111111-us-east-1"),
                        new ObjectCreated.Stored(key, 1_000L, eTag, sequencer)));
    }
}
