package imageferry.copying.ending;

import static imageferry.copying.Ferry.AWAY;
import static imageferry.copying.Ferry.FRIEND;
import static imageferry.copying.Ferry.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Ferry;
import imageferry.id.CopyId;
import imageferry.id.ImageId;
import imageferry.id.SnapshotId;
import imageferry.region.Region;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImagesOfRegionTest {
    private final Ferry ferry = new Ferry();

    private Set<ImageId> of(Region region) {
        return new ImagesOfRegion(ferry.copies, ferry.images, ferry.store).find(region, ferry.now());
    }

    @Test
    void images_are_found_in_their_own_region_for_any_owner() {
        var golden = ferry.image("golden");
        var friends = ferry.image(FRIEND, "silver");

        assertThat(of(HOME)).containsExactlyInAnyOrder(golden.id(), friends.id());
        assertThat(of(AWAY)).isEmpty();
    }

    @Test
    void an_image_in_the_making_is_found_before_it_has_a_byte() {
        var copy = ferry.copying(ferry.image("golden"));

        assertThat(of(AWAY)).containsExactly(ferry.copies.require(copy).image());
    }

    @Test
    void an_image_that_a_retry_made_is_found_by_the_bytes_of_the_first_try() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.begin(copy);
        ferry.settling.settle(copy, Ferry.OUTAGE);
        var retry = Ferry.accepted(ferry.retrying().retry(Ferry.OWNER, copy.value()));
        ferry.finish(retry);

        assertThat(of(AWAY)).containsExactly(ferry.copies.require(retry).image());
    }

    @Test
    void failed_and_deleted_images_do_not_keep_a_region() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.begin(copy);
        ferry.settling.settle(copy, Ferry.OUTAGE);
        ferry.store.put(Blob.of(AWAY, SnapshotId.madeBy(CopyId.random(ferry.ids))), Bytes.random(1, 10));
        ferry.store.put(new Blob(AWAY, "snapshots/notes.txt"), Bytes.random(1, 10));

        assertThat(of(AWAY)).isEmpty();
    }

    @Test
    void bytes_under_the_name_of_a_failed_copy_do_not_keep_a_region() {
        var copy = ferry.copying(ferry.image("golden"));
        ferry.settling.settle(copy, Ferry.OUTAGE);
        ferry.store.put(ferry.copies.require(copy).target(), Bytes.random(1, 10));

        assertThat(of(AWAY)).isEmpty();
    }
}
