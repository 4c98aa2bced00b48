package imageferry.instance;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.InMemoryService;
import imageferry.idempotency.ClientToken;
import imageferry.image.Image;
import imageferry.rule.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsingImagesTest {
    private final InMemoryService service = new InMemoryService();
    private final UseImages using = service.using();
    private final SystemDisks disks =
            new SystemDisks(service.images, service.visible, service.store, Duration.ofHours(1), service.clock);
    private final Image image = service.image("golden");

    private Instance created(Caller caller) {
        return accepted(using.create(caller, image.id().value(), HOME.name(), null));
    }

    private void share() {
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
    }

    private long users(Image of) {
        return service.image(of.id()).uses().instanceCount();
    }

    @Test
    void an_instance_boots_from_an_image_which_counts_it() {
        var instance = created(OWNER);

        assertThat(accepted(using.find(OWNER, instance.id().value()))).isEqualTo(instance);
        assertThat(instance.history()).containsExactly(new Instance.Disk(image.id(), service.now()));
        assertThat(users(image)).isEqualTo(1);
    }

    @Test
    void an_image_is_used_only_in_its_own_region() {
        var refused = using.create(OWNER, image.id().value(), AWAY.name(), null);

        assertThat(codes(refused)).containsExactly(Code.IMAGE_IN_OTHER_REGION);
        assertThat(violations(refused).getFirst().detail())
                .contains(HOME.name(), AWAY.name(), "POST /images/" + image.id() + "/copies");
        assertThat(codes(using.create(OWNER, image.id().value(), "mars-north-1", null)))
                .containsExactly(Code.INVALID_REGION);
    }

    @Test
    void an_image_in_the_making_cannot_be_used_or_downloaded() {
        var waiting = service.made(service.importing("other", 1_000)).id().value();

        assertThat(codes(using.create(OWNER, waiting, HOME.name(), null))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(codes(disks.download(OWNER, waiting))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void a_share_grants_use_and_strangers_do_not_see_the_image() {
        share();
        created(FRIEND);

        assertThat(accepted(disks.download(FRIEND, image.id().value())).sizeBytes())
                .isEqualTo(1_000);
        assertThat(codes(using.create(STRANGER, image.id().value(), HOME.name(), null)))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(disks.download(STRANGER, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void an_instance_is_visible_to_its_owner_only() {
        var instance = created(OWNER).id().value();

        assertThat(codes(using.find(STRANGER, instance))).containsExactly(Code.INSTANCE_NOT_FOUND);
        assertThat(codes(using.delete(STRANGER, instance))).containsExactly(Code.INSTANCE_NOT_FOUND);
        assertThat(codes(using.find(OWNER, "no instance"))).containsExactly(Code.INSTANCE_NOT_FOUND);
    }

    @Test
    void an_instance_keeps_its_disk_after_the_share_is_withdrawn() {
        share();
        var instance = created(FRIEND);
        accepted(service.sharing.unshare(
                OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(disks.of(instance)).isPresent();
        assertThat(codes(using.replaceSystemDisk(
                        FRIEND, instance.id().value(), image.id().value())))
                .containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void a_repeated_request_gets_the_first_answer() {
        var token = new ClientToken("once", "hash");
        var id = image.id().value();
        var first = accepted(using.create(OWNER, id, HOME.name(), token));

        assertThat(accepted(using.create(OWNER, id, HOME.name(), token))).isEqualTo(first);
        assertThat(users(image)).isEqualTo(1);
        assertThat(codes(using.create(OWNER, id, HOME.name(), new ClientToken("once", "other"))))
                .containsExactly(Code.IDEMPOTENT_PARAMETER_MISMATCH);
    }

    @Test
    void a_token_is_free_again_after_a_day() {
        var token = new ClientToken("once", "hash");
        var first = accepted(using.create(OWNER, image.id().value(), HOME.name(), token));
        service.passes(Duration.ofHours(24).plusSeconds(1));

        assertThat(accepted(using.create(OWNER, image.id().value(), HOME.name(), token))
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void replacing_the_system_disk_moves_the_count() {
        var other = service.image("other");
        var instance = created(OWNER);
        service.passes(Duration.ofMinutes(1));

        var replaced = accepted(
                using.replaceSystemDisk(OWNER, instance.id().value(), other.id().value()));

        assertThat(accepted(using.find(OWNER, instance.id().value()))).isEqualTo(replaced);
        assertThat(replaced.history()).extracting(Instance.Disk::image).containsExactly(image.id(), other.id());
        assertThat(users(image)).isZero();
        assertThat(users(other)).isEqualTo(1);
    }

    @Test
    void replacing_the_system_disk_by_the_same_image_only_adds_to_the_history() {
        var instance = created(OWNER);
        service.passes(Duration.ofMinutes(1));

        var replaced = accepted(
                using.replaceSystemDisk(OWNER, instance.id().value(), image.id().value()));

        assertThat(replaced.history()).hasSize(2);
        assertThat(users(image)).isEqualTo(1);
    }

    @Test
    void a_deleted_instance_is_no_longer_counted() {
        var instance = created(OWNER);

        accepted(using.delete(OWNER, instance.id().value()));

        assertThat(users(image)).isZero();
        assertThat(codes(using.delete(OWNER, instance.id().value()))).containsExactly(Code.INSTANCE_NOT_FOUND);
    }

    @Test
    void an_instance_survives_the_forced_deletion_of_its_image() {
        var other = service.image("other");
        var first = created(OWNER);
        var second = created(OWNER);
        accepted(service.deleting().delete(OWNER, image.id().value(), true));

        assertThat(disks.of(first)).isEmpty();
        accepted(using.replaceSystemDisk(OWNER, first.id().value(), other.id().value()));
        accepted(using.delete(OWNER, second.id().value()));
        assertThat(users(other)).isEqualTo(1);
    }
}
