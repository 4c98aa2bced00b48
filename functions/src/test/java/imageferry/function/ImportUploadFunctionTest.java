package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.function.event.ObjectCreated;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upload is imported when its metadata or tags ask for it, once, and for nobody but the account of its prefix. */
class ImportUploadFunctionTest {
    private static final Blob UPLOAD = new Blob(new Region("us-east-1"), "imports/222222222222/golden.img");

    private static final Map<String, String> ASKS = Map.of("imageferry-name", "golden", "imageferry-format", "raw");

    private final World world = new World();
    private final ImportUploadFunction function = new ImportUploadFunction(world.app);

    @Test
    void an_upload_that_asks_for_it_becomes_an_image_of_its_account() {
        upload(Map.of(
                "imageferry-name",
                "golden",
                "imageferry-format",
                "raw",
                "imageferry-family",
                "base",
                "imageferry-description",
                "Golden disk"));

        var image = image(landed(UPLOAD.key(), "1"));

        assertThat(image.get("name").asText()).isEqualTo("golden");
        assertThat(image.get("family").asText()).isEqualTo("base");
        assertThat(image.get("description").asText()).isEqualTo("Golden disk");
    }

    @Test
    void tags_ask_as_well_as_metadata_do_and_metadata_are_right_where_both_speak() {
        upload(Map.of("imageferry-family", "base"));
        world.store.tag(
                UPLOAD,
                Map.of(
                        "imageferry-name", "golden",
                        "imageferry-format", "raw",
                        "imageferry-family", "other",
                        "imageferry-description", "Golden disk",
                        "team", "platform"));

        var image = image(landed(UPLOAD.key(), "1"));

        assertThat(image.get("name").asText()).isEqualTo("golden");
        assertThat(image.get("family").asText()).isEqualTo("base");
        assertThat(image.get("description").asText()).isEqualTo("Golden disk");
        assertThat(image.get("format").asText()).isEqualTo("raw");
    }

    @Test
    void the_same_event_told_twice_imports_once() {
        upload(ASKS);

        assertThat(landed(UPLOAD.key(), "1")).isNotNull().isEqualTo(landed(UPLOAD.key(), "1"));
    }

    @Test
    void the_same_event_imports_nothing_more_after_a_change_of_the_tags() {
        upload(ASKS);
        landed(UPLOAD.key(), "1");
        var once = world.ledger.contents();

        world.store.tag(UPLOAD, Map.of("imageferry-description", "Another one"));

        assertThat(landed(UPLOAD.key(), "1")).isNull();
        assertThat(world.ledger.contents()).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({
        "imageferry-name, 1x",
        "imageferry-family, 1x",
        "imageferry-description, x",
        "imageferry-description, 'a\u0007b'",
        "imageferry-format, tar",
        "imageferry-format, qcow2",
        "imageferry-expected-checksum, abc-1",
        "imageferry-expected-checksum, 'VNwhJGxds8F+JFPBJ2b3YB42/0HVsg1ZwerTzHvn85s=-7'",
    })
    void what_it_asks_for_wrongly_is_not_imported(String word, String value) {
        var words = new HashMap<>(ASKS);
        words.put(word, value);
        upload(words);

        assertThat(landed(UPLOAD.key(), "1")).isNull();
        assertThat(world.ledger.contents()).isEmpty();
    }

    @Test
    void an_upload_that_asks_for_nothing_is_left_alone() {
        upload(Map.of());

        assertThat(landed(UPLOAD.key(), "1")).isNull();
        assertThat(world.ledger.contents()).isEmpty();
    }

    @Test
    void a_key_of_no_account_changes_nothing() {
        for (var key :
                new String[] {"imports/golden.img", "imports/me/golden.img", "snapshots/222222222222/golden.img"}) {
            var blob = new Blob(UPLOAD.region(), key);
            world.store.put(blob, Bytes.random(1, 1000));
            world.describe(blob, ASKS);
            assertThat(landed(key, "1")).isNull();
        }

        assertThat(world.ledger.contents()).isEmpty();
    }

    @Test
    void an_upload_that_is_gone_again_is_left_alone() {
        assertThat(landed(UPLOAD.key(), "1")).isNull();
    }

    private void upload(Map<String, String> metadata) {
        world.store.put(UPLOAD, Bytes.random(1, 1000));
        world.describe(UPLOAD, metadata);
    }

    private JsonNode image(String copyId) {
        var client = new Client(world, "222222222222");
        var copy = client.get("/copies/{copyId}", Map.of("copyId", copyId));
        return client.get(
                "/images/{imageId}", Map.of("imageId", copy.get("imageId").asText()));
    }

    private String landed(String key, String sequencer) {
        var event = new ObjectCreated(
                "us-east-1",
                new ObjectCreated.Detail(
                        new ObjectCreated.Bucket("imageferry-111111111111-us-east-1"),
                        new ObjectCreated.Stored(key, "e", sequencer)));
        return function.handleRequest(event, new ACall()).copyId();
    }
}
