package imageferry.instance;

import static imageferry.copying.Ferry.OWNER;
import static imageferry.copying.Ferry.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.copying.Ferry;
import imageferry.image.Image;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DownloadingTest {
    private final Ferry ferry = new Ferry();
    private final SystemDisks disks =
            new SystemDisks(ferry.images, ferry.visible, ferry.store, Duration.ofHours(1), ferry.clock);
    private final Image image = ferry.image("golden");

    @Test
    void a_download_has_its_expiry_and_its_checksum() {
        var disk = accepted(disks.download(OWNER, image.id().value()));

        assertThat(disk.expiresAt()).isEqualTo(ferry.now().plus(Duration.ofHours(1)));
        assertThat(disk.checksum()).isEqualTo(ferry.image(image.id()).checksum());
        assertThat(disk.toString()).doesNotContain(disk.url().toString());
    }

    @Test
    void a_download_link_works_for_at_most_an_hour() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SystemDisks(ferry.images, ferry.visible, ferry.store, Duration.ofMinutes(61), ferry.clock));
    }
}
