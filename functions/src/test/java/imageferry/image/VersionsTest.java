package imageferry.image;

import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.snapshot.Checksum;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version is a usable image of the same family; its parts are taken only if they have the same size. */
class VersionsTest {
    private static final long PART = 8 << 20;

    private final InMemoryService service = new InMemoryService();
    private final Versions versions = new Versions(service.images);

    private Image image(String name, ImageStatus status, long partSizeBytes) {
        var copy = CopyId.random(service.ids);
        var image = new Image(
                ImageId.random(service.ids),
                HOME,
                OWNER.account(),
                status,
                Image.Terms.of(new ImageName(name), new Labels(null, "web", Map.of())),
                new Image.Content(
                        SnapshotId.madeBy(copy),
                        PART,
                        null,
                        new Checksum("5aAf7hTg7VxIcU8iGA8lrYNltT+XefedxKPX6Tlj+Uo=-1", partSizeBytes)),
                Image.Uses.NONE,
                SampleImages.imported(copy, service.now(), OWNER.arn()));
        service.ledger.commit(List.of(Images.created(image)));
        return image;
    }

    @Test
    void an_available_and_a_deprecated_image_are_versions_and_a_failed_one_is_not() {
        image("failed", ImageStatus.CREATE_FAILED, PART);
        assertThat(versions.newest(OWNER.account(), HOME, "web")).isEmpty();

        var deprecated = image("deprecated", ImageStatus.DEPRECATED, PART);
        assertThat(versions.newest(OWNER.account(), HOME, "web")).contains(deprecated);
    }

    @Test
    void a_version_in_parts_of_another_size_is_not_used() {
        var original = image("original", ImageStatus.AVAILABLE, PART);

        assertThat(versions.newestLike(original, HOME, PART)).contains(original);
        assertThat(versions.newestLike(original, HOME, PART + 1)).isEmpty();
    }
}
