package imageferry.modification;

import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.ledger.Ledger;
import imageferry.removal.DeleteImage;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import org.junit.jupiter.api.Test;

/** Rule 3: one image of an owner and region holds a name at a time, also when the name moves to another image. */
class RenamingImagesTest {
    private final InMemoryService service = new InMemoryService();
    private final Calls calls = new Calls();
    private final Ledger overtaken = calls.around(Ledger.class, service.ledger);
    private final Image image = service.image("golden");

    private Result<Seen> rename(Image renamed, String name) {
        return service.modifying().modify(OWNER, renamed.id().value(), Modifications.rename(name));
    }

    private Result<Seen> renameLate(Image renamed, String name) {
        return new ModifyImage(
                        overtaken, service.images, service.shares, service.visible, service.copies, service.clock)
                .modify(OWNER, renamed.id().value(), Modifications.rename(name));
    }

    private DeleteImage deleting(Ledger ledger) {
        return service.deleting(ledger);
    }

    private boolean taken(String name) {
        return service.images.taken(OWNER.account(), HOME, new ImageName(name));
    }

    @Test
    void the_new_name_is_taken_and_the_old_one_freed_at_the_same_moment() {
        accepted(rename(image, "silver"));

        assertThat(service.image(image.id()).name()).hasToString("silver");
        assertThat(taken("silver")).isTrue();
        assertThat(taken("golden")).isFalse();
        assertThat(service.images.quota(OWNER.account(), HOME).images()).isEqualTo(1);
        assertThat(service.image("golden").name()).hasToString("golden");
    }

    @Test
    void a_name_of_another_own_image_is_refused_with_the_name() {
        service.image("silver");

        var refused = rename(image, "silver");

        assertThat(codes(refused)).containsExactly(Code.IMAGE_NAME_DUPLICATED);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo("You already have an image named silver in us-east-1; choose another name");
        assertThat(taken("golden")).isTrue();
    }

    @Test
    void one_of_two_images_that_are_given_one_name_at_once_gets_it() {
        var other = service.image("other");
        calls.plan(Plan.overtakenAt("commit", () -> accepted(rename(other, "silver"))));

        assertThat(codes(renameLate(image, "silver"))).containsExactly(Code.IMAGE_NAME_DUPLICATED);
        assertThat(service.image(image.id()).name()).hasToString("golden");
        assertThat(taken("golden")).isTrue();
    }

    @Test
    void one_image_renamed_twice_at_once_holds_one_name() {
        calls.plan(Plan.overtakenAt("commit", () -> accepted(rename(image, "silver"))));

        accepted(renameLate(image, "bronze"));

        assertThat(service.image(image.id()).name()).hasToString("bronze");
        assertThat(taken("bronze")).isTrue();
        assertThat(taken("silver")).isFalse();
        assertThat(taken("golden")).isFalse();
    }

    @Test
    void an_image_renamed_while_it_is_deleted_leaves_no_name_behind() {
        calls.plan(Plan.overtakenAt("commit", () -> accepted(rename(image, "silver"))));

        accepted(deleting(overtaken).delete(OWNER, image.id().value(), false));

        assertThat(taken("silver")).isFalse();
        assertThat(taken("golden")).isFalse();
    }

    @Test
    void an_image_deleted_while_it_is_renamed_leaves_no_name_behind() {
        calls.plan(Plan.overtakenAt(
                "commit",
                () -> accepted(deleting(service.ledger).delete(OWNER, image.id().value(), false))));

        assertThat(codes(renameLate(image, "silver"))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(taken("silver")).isFalse();
        assertThat(taken("golden")).isFalse();
    }

    @Test
    void an_image_in_the_making_gives_its_current_name_back() {
        var copy = service.importing("coming", 1_000);
        accepted(rename(service.made(copy), "renamed"));

        assertThat(service.settling.settle(copy, OUTAGE)).isEqualTo(CopyStatus.FAILED);

        assertThat(taken("renamed")).isFalse();
        assertThat(taken("coming")).isFalse();
    }

    @Test
    void a_failed_image_accepts_any_name_and_reserves_none() {
        var copy = service.importing("coming", 1_000);
        service.settling.settle(copy, OUTAGE);

        accepted(rename(service.made(copy), "golden"));

        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.CREATE_FAILED);
        accepted(rename(image, "silver"));
        assertThat(taken("golden")).isFalse();
    }
}
