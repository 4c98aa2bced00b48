package imageferry.instance;

import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import imageferry.copying.InMemoryService;
import imageferry.image.Image;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DownloadingTest {
    private final InMemoryService service = new InMemoryService();
    private final SystemDisks disks =
            new SystemDisks(service.images, service.visible, service.store, Duration.ofHours(1), service.clock);
    private final Image image = service.image("golden");

    @Test
    void a_download_has_its_expiry_and_its_checksum() {
        var disk = accepted(disks.download(OWNER, image.id().value()));

        assertThat(disk.expiresAt()).isEqualTo(service.now().plus(Duration.ofHours(1)));
        assertThat(disk.checksum()).isEqualTo(service.image(image.id()).checksum());
        assertThat(disk.toString()).doesNotContain(disk.url().toString());
    }

    @Test
    void a_download_link_works_for_at_most_an_hour() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SystemDisks(
                        service.images, service.visible, service.store, Duration.ofMinutes(61), service.clock));
    }
}
