package imageferry.modification;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static imageferry.modification.Modifications.DEPRECATE;
import static imageferry.modification.Modifications.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import org.junit.jupiter.api.Test;

/** Rule 8: a deprecated image boots, but is not copied or shared. */
class DeprecatingImagesTest {
    private final InMemoryService service = new InMemoryService();
    private final UseImages using = service.using();
    private final Image image = service.image("golden");

    private Result<Seen> modify(Image changed, Modification modification) {
        return modify(service.ledger, changed, modification);
    }

    private Result<Seen> modify(Ledger ledger, Image changed, Modification modification) {
        return new ModifyImage(ledger, service.images, service.shares, service.visible, service.copies, service.clock)
                .modify(OWNER, changed.id().value(), modification);
    }

    @Test
    void a_deprecated_image_boots() {
        accepted(modify(image, DEPRECATE));

        accepted(using.create(OWNER, image.id().value(), HOME.name(), null));
    }

    @Test
    void a_deprecated_image_is_not_copied() {
        accepted(modify(image, DEPRECATE));

        assertThat(codes(service.copy(OWNER, image))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void a_deprecated_image_gets_no_new_shares_and_keeps_its_old_ones() {
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        accepted(modify(image, DEPRECATE));

        assertThat(codes(service.sharing.share(
                        OWNER, image.id().value(), STRANGER.account().value())))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
        accepted(using.create(FRIEND, image.id().value(), HOME.name(), null));
    }

    @Test
    void an_image_with_running_copies_is_not_deprecated_and_the_answer_says_how_to_cancel_them() {
        var copy = service.copying(image);

        var refused = modify(image, DEPRECATE);

        assertThat(codes(refused)).containsExactly(Code.IMAGE_COPYING);
        assertThat(violations(refused).getFirst().field()).isEqualTo("status");
        assertThat(violations(refused).getFirst().detail())
                .contains(copy.value(), "POST /images/" + service.made(copy).id() + "/cancel-copy");
        service.finish(copy);
        accepted(modify(image, DEPRECATE));
    }

    @Test
    void a_copy_and_the_deprecation_of_its_source_never_both_succeed() {
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", () -> service.copying(image)));

        var late = modify(calls.around(Ledger.class, service.ledger), image, DEPRECATE);

        assertThat(codes(late)).containsExactly(Code.IMAGE_COPYING);
        assertThat(service.image(image.id()).status()).isEqualTo(ImageStatus.AVAILABLE);
    }

    @Test
    void a_deprecated_image_can_become_available_again() {
        accepted(modify(image, DEPRECATE));

        accepted(modify(image, RESTORE));

        assertThat(service.image(image.id()).status()).isEqualTo(ImageStatus.AVAILABLE);
        service.finish(service.copying(image));
    }

    @Test
    void a_failed_image_does_not_become_available_by_a_change() {
        var coming = service.importing("coming", 1_000);
        assertThat(codes(modify(service.made(coming), RESTORE))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(codes(modify(service.made(coming), DEPRECATE))).containsExactly(Code.INCORRECT_IMAGE_STATUS);

        service.settling.settle(coming, OUTAGE);
        assertThat(codes(modify(service.made(coming), RESTORE))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(codes(modify(service.made(coming), DEPRECATE))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }
}
