package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImagesOfRegionTest {
    private final InMemoryService service = new InMemoryService();

    private Set<ImageId> of(Region region) {
        return new ImagesOfRegion(service.copies, service.images, service.store).find(region, service.now());
    }

    @Test
    void images_are_found_in_their_own_region_for_any_owner() {
        var golden = service.image("golden");
        var friends = service.image(FRIEND, "silver");

        assertThat(of(HOME)).containsExactlyInAnyOrder(golden.id(), friends.id());
        assertThat(of(AWAY)).isEmpty();
    }

    @Test
    void an_image_in_the_making_is_found_before_it_has_a_byte() {
        var copy = service.copying(service.image("golden"));

        assertThat(of(AWAY)).containsExactly(service.copies.require(copy).image());
    }

    @Test
    void an_image_that_a_retry_made_is_found_by_the_bytes_of_the_first_try() {
        var copy = service.copying(service.image("golden"));
        service.begin(copy);
        service.settling.settle(copy, InMemoryService.OUTAGE);
        var retry = InMemoryService.accepted(service.retrying().retry(InMemoryService.OWNER, copy.value()));
        service.finish(retry);

        assertThat(of(AWAY)).containsExactly(service.copies.require(retry).image());
    }

    @Test
    void failed_and_deleted_images_do_not_keep_a_region() {
        var copy = service.copying(service.image("golden"));
        service.begin(copy);
        service.settling.settle(copy, InMemoryService.OUTAGE);
        service.store.put(Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(service.ids))), Bytes.random(1, 10));
        service.store.put(new Blob(AWAY, "snapshots/notes.txt"), Bytes.random(1, 10));

        assertThat(of(AWAY)).isEmpty();
    }

    @Test
    void bytes_under_the_name_of_a_failed_copy_do_not_keep_a_region() {
        var copy = service.copying(service.image("golden"));
        service.settling.settle(copy, InMemoryService.OUTAGE);
        service.store.put(service.copies.require(copy).target(), Bytes.random(1, 10));

        assertThat(of(AWAY)).isEmpty();
    }
}
