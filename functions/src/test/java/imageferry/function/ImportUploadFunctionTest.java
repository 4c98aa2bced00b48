package imageferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import imageferry.function.event.ObjectCreated;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An upload is imported when its metadata asks for it, once, and for nobody but the account of its prefix. */
class ImportUploadFunctionTest {
    private static final Blob UPLOAD = new Blob(new Region("us-east-1"), "imports/222222222222/golden.img");

    private final World world = new World();
    private final ImportUploadFunction function = new ImportUploadFunction(world.app);

    @Test
    void an_upload_that_asks_for_it_becomes_an_image_of_its_account() {
        upload(Map.of(
                "imageferry-name", "golden", "imageferry-family", "base", "imageferry-description", "Golden disk"));

        var copyId = landed(UPLOAD.key(), "1");

        var copy = new Client(world, "222222222222").get("/copies/{copyId}", Map.of("copyId", copyId));
        var image = new Client(world, "222222222222")
                .get("/images/{imageId}", Map.of("imageId", copy.get("imageId").asText()));
        assertThat(image.get("name").asText()).isEqualTo("golden");
        assertThat(image.get("family").asText()).isEqualTo("base");
        assertThat(image.get("description").asText()).isEqualTo("Golden disk");
    }

    @Test
    void the_same_event_told_twice_imports_once() {
        upload(Map.of("imageferry-name", "golden"));

        assertThat(landed(UPLOAD.key(), "1")).isNotNull().isEqualTo(landed(UPLOAD.key(), "1"));
    }

    @Test
    void an_upload_that_asks_for_nothing_is_left_alone() {
        upload(Map.of());

        assertThat(landed(UPLOAD.key(), "1")).isNull();
        assertThat(world.ledger.contents()).isEmpty();
    }

    @Test
    void a_bad_name_or_a_key_of_no_account_changes_nothing() {
        upload(Map.of("imageferry-name", "1x"));
        assertThat(landed(UPLOAD.key(), "1")).isNull();
        for (var key :
                new String[] {"imports/golden.img", "imports/me/golden.img", "snapshots/222222222222/golden.img"}) {
            var blob = new Blob(UPLOAD.region(), key);
            world.store.put(blob, Bytes.random(1, 1000));
            world.describe(blob, Map.of("imageferry-name", "golden"));
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

    private String landed(String key, String sequencer) {
        var event = new ObjectCreated(
                "us-east-1",
                new ObjectCreated.Detail(
                        new ObjectCreated.Bucket("imageferry-111111111111-us-east-1"),
                        new ObjectCreated.Stored(key, "e", sequencer)));
        return function.handleRequest(event, new ACall()).copyId();
    }
}
