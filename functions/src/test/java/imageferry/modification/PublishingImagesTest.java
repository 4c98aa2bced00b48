package imageferry.modification;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static imageferry.modification.Modifications.DEPRECATE;
import static imageferry.modification.Modifications.PUBLISH;
import static imageferry.modification.Modifications.WITHDRAW;
import static imageferry.modification.Modifications.offer;
import static imageferry.modification.Modifications.product;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.id.ImageId;
import imageferry.image.Category;
import imageferry.image.Image;
import imageferry.image.Image.Publication;
import imageferry.image.ImageStatus;
import imageferry.image.Listing;
import imageferry.instance.Instances;
import imageferry.instance.SystemDisks;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.ledger.Selection;
import imageferry.region.Region;
import imageferry.removal.DeleteImage;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule 1: everybody sees and uses images that the operator publishes, and nobody copies them. */
class PublishingImagesTest {
    private final InMemoryService service = new InMemoryService();
    private final Calls calls = new Calls();
    private final Ledger overtaken = calls.around(Ledger.class, service.ledger);
    private final UseImages using = using(service.ledger);
    private final Image image = service.image(OPERATOR, "golden");
    private final String id = image.id().value();

    private UseImages using(Ledger ledger) {
        return new UseImages(
                ledger,
                service.images,
                service.visible,
                new Instances(ledger),
                service.requests,
                service.regions,
                service.clock,
                service.ids);
    }

    private DeleteImage deleting(Ledger ledger) {
        return service.deleting(ledger);
    }

    private Result<Seen> modify(Caller caller, Image changed, Modification modification) {
        return modify(service.ledger, caller, changed, modification);
    }

    private Result<Seen> modify(Ledger ledger, Caller caller, Image changed, Modification modification) {
        return new ModifyImage(ledger, service.images, service.shares, service.visible, service.copies, service.clock)
                .modify(caller, changed.id().value(), modification);
    }

    private Image modified(Modification modification) {
        return accepted(modify(OPERATOR, image, modification)).image();
    }

    private boolean listed() {
        return listed(HOME).anyMatch(id -> id.equals(image.id()));
    }

    private Stream<ImageId> listed(Region region) {
        return service
                .images
                .published(Listing.Part.first(Selection.ALL.ofRegion(region.name()), 10, 1))
                .entries()
                .stream()
                .map(entry -> entry.image().id());
    }

    @Test
    void everybody_sees_a_public_image_in_its_region_and_boots_from_it() {
        modified(PUBLISH);

        assertThat(accepted(service.visible.find(STRANGER, id)).category()).isEqualTo(Category.PUBLIC);
        assertThat(listed()).isTrue();
        assertThat(listed(AWAY)).isEmpty();
        accepted(using.create(STRANGER, id, HOME.name(), null));
        accepted(new SystemDisks(service.images, service.visible, service.store, Duration.ofHours(1), service.clock)
                .download(STRANGER, id));
    }

    @Test
    void a_public_image_is_not_used_in_another_region_and_the_answer_does_not_advise_a_copy() {
        modified(PUBLISH);

        var refused = using.create(STRANGER, id, AWAY.name(), null);

        assertThat(codes(refused)).containsExactly(Code.IMAGE_IN_OTHER_REGION);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo("Image " + id + " is in us-east-1 and cannot be used in eu-west-1; it cannot be copied; GET"
                        + " /images?region=eu-west-1&owner=public lists the images that everybody may use there");
    }

    @Test
    void everybody_sees_a_marketplace_image_with_its_product_code() {
        var after = modified(product("debian-13"));

        assertThat(after.terms().productCode()).hasToString("debian-13");
        assertThat(accepted(service.visible.find(STRANGER, id)).category()).isEqualTo(Category.MARKETPLACE);
        assertThat(listed()).isTrue();
        accepted(using.create(STRANGER, id, HOME.name(), null));
    }

    @Test
    void only_the_operator_changes_or_deletes_a_published_image() {
        modified(PUBLISH);

        assertThat(codes(modify(STRANGER, image, Modifications.rename("mine")))).containsExactly(Code.NOT_OWNER);
        assertThat(codes(deleting(service.ledger).delete(STRANGER, id, true))).containsExactly(Code.NOT_OWNER);
        assertThat(codes(service.sharing.share(STRANGER, id, FRIEND.account().value())))
                .containsExactly(Code.NOT_OWNER);
    }

    @Test
    void a_public_image_cannot_be_copied_even_by_its_owner() {
        modified(PUBLISH);

        assertThat(codes(service.copy(STRANGER, image))).containsExactly(Code.PUBLIC_IMAGE);
        assertThat(codes(service.copy(OPERATOR, image))).containsExactly(Code.PUBLIC_IMAGE);
    }

    @Test
    void a_marketplace_image_cannot_be_copied_even_by_its_owner() {
        modified(product("debian-13"));

        assertThat(codes(service.copy(STRANGER, image))).containsExactly(Code.MARKETPLACE_IMAGE);
        assertThat(codes(service.copy(OPERATOR, image))).containsExactly(Code.MARKETPLACE_IMAGE);
    }

    @Test
    void a_withdrawn_image_is_private_again_and_can_be_copied() {
        modified(PUBLISH);
        modified(WITHDRAW);

        assertThat(codes(service.visible.find(STRANGER, id))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(listed()).isFalse();
        accepted(service.copy(OPERATOR, image));
    }

    @Test
    void an_empty_product_code_withdraws_from_the_marketplace() {
        modified(product("debian-13"));

        assertThat(modified(product("")).publication()).isEqualTo(Publication.PRIVATE);
        assertThat(listed()).isFalse();
    }

    @Test
    void instances_keep_their_image_when_it_is_withdrawn() {
        modified(PUBLISH);
        var instance = accepted(using.create(STRANGER, id, HOME.name(), null));
        modified(WITHDRAW);

        assertThat(new SystemDisks(service.images, service.visible, service.store, Duration.ofHours(1), service.clock)
                        .of(instance))
                .isPresent();
        assertThat(codes(using.create(STRANGER, id, HOME.name(), null))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void an_image_withdrawn_while_a_stranger_boots_from_it_is_not_booted() {
        modified(PUBLISH);
        calls.plan(Plan.overtakenAt("commit", () -> modified(WITHDRAW)));

        assertThat(codes(using(overtaken).create(STRANGER, id, HOME.name(), null)))
                .containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void a_caller_of_the_operator_that_is_not_an_approver_does_not_publish() {
        var reader = new Caller(OPERATOR.account(), "arn:aws:iam::111111111111:user/reader", true, false);

        for (var offer : List.of(PUBLISH, product("debian-13"))) {
            var refused = modify(reader, image, offer);

            assertThat(codes(refused)).containsExactly(Code.NOT_OPERATOR);
            assertThat(violations(refused).getFirst().detail())
                    .startsWith("Only the operator's approvers (ApproverArns) can publish images");
        }
    }

    @Test
    void only_the_operator_publishes_images_and_only_its_own() {
        var anothers = service.image(OWNER, "mine");

        assertThat(codes(modify(OWNER, anothers, PUBLISH))).containsExactly(Code.NOT_OPERATOR);
        assertThat(codes(modify(OWNER, anothers, product("debian-13")))).containsExactly(Code.NOT_OPERATOR);
        assertThat(codes(modify(OPERATOR, anothers, PUBLISH))).containsExactly(Code.IMAGE_NOT_FOUND);
        accepted(service.sharing.share(
                OWNER, anothers.id().value(), OPERATOR.account().value()));
        assertThat(codes(modify(OPERATOR, anothers, PUBLISH))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void an_image_is_public_or_in_the_marketplace_and_never_both() {
        assertThat(codes(modify(OPERATOR, image, offer(true, "debian-13")))).containsExactly(Code.INVALID_PARAMETER);
        modified(PUBLISH);
        assertThat(codes(modify(OPERATOR, image, product("debian-13")))).containsExactly(Code.PUBLIC_IMAGE);

        var moved = modified(offer(false, "debian-13"));

        assertThat(moved.publication()).isEqualTo(Publication.MARKETPLACE);
        assertThat(codes(modify(OPERATOR, image, PUBLISH))).containsExactly(Code.MARKETPLACE_IMAGE);
        assertThat(listed()).isTrue();
        assertThat(modified(offer(true, "")).publication()).isEqualTo(Publication.PUBLIC);
        assertThat(listed()).isTrue();
    }

    @Test
    void a_product_code_can_be_changed_in_place() {
        modified(product("debian-13"));

        assertThat(modified(product("debian-14")).terms().productCode()).hasToString("debian-14");
        assertThat(service.image(image.id()).terms().productCode()).hasToString("debian-14");
    }

    @Test
    void only_an_available_image_is_published() {
        modified(DEPRECATE);
        var coming = service.made(service.importing("coming", 1_000));

        var refused = modify(OPERATOR, image, PUBLISH);

        assertThat(codes(refused)).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(violations(refused).getFirst().field()).isEqualTo("public");
        assertThat(codes(modify(OWNER, coming, PUBLISH)))
                .containsExactly(Code.NOT_OPERATOR, Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void the_status_after_the_same_request_counts() {
        var deprecateAndPublish = new Modification(null, null, null, null, ImageStatus.DEPRECATED, null, true, null);
        var restoreAndPublish = new Modification(null, null, null, null, ImageStatus.AVAILABLE, null, true, null);

        assertThat(codes(modify(OPERATOR, image, deprecateAndPublish))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        modified(DEPRECATE);
        assertThat(modified(restoreAndPublish).publication()).isEqualTo(Publication.PUBLIC);
    }

    @Test
    void a_deprecated_public_image_stays_public_and_boots() {
        modified(PUBLISH);
        modified(DEPRECATE);

        assertThat(listed()).isTrue();
        accepted(using.create(STRANGER, id, HOME.name(), null));
    }

    @Test
    void an_image_with_running_copies_is_not_published() {
        accepted(service.copy(OPERATOR, image));

        assertThat(codes(modify(OPERATOR, image, PUBLISH))).containsExactly(Code.IMAGE_COPYING);
        assertThat(codes(modify(OPERATOR, image, product("debian-13")))).containsExactly(Code.IMAGE_COPYING);
    }

    @Test
    void a_copy_and_the_publication_of_its_source_never_both_succeed() {
        calls.plan(Plan.overtakenAt("commit", () -> accepted(service.copy(OPERATOR, image))));

        assertThat(codes(modify(overtaken, OPERATOR, image, PUBLISH))).containsExactly(Code.IMAGE_COPYING);
        assertThat(listed()).isFalse();
    }

    @Test
    void shares_are_kept_during_publication_and_count_again_after_withdrawal() {
        accepted(service.sharing.share(OPERATOR, id, FRIEND.account().value()));
        modified(PUBLISH);

        assertThat(accepted(service.visible.find(FRIEND, id)).category()).isEqualTo(Category.PUBLIC);
        modified(WITHDRAW);
        assertThat(accepted(service.visible.find(FRIEND, id)).category()).isEqualTo(Category.SHARED);
    }

    @Test
    void a_published_image_gets_no_new_shares() {
        modified(PUBLISH);
        assertThat(codes(service.sharing.share(OPERATOR, id, FRIEND.account().value())))
                .containsExactly(Code.PUBLIC_IMAGE);

        modified(offer(false, "debian-13"));
        assertThat(codes(service.sharing.share(OPERATOR, id, FRIEND.account().value())))
                .containsExactly(Code.MARKETPLACE_IMAGE);
    }

    @Test
    void a_published_image_must_be_withdrawn_before_even_a_forced_deletion() {
        modified(PUBLISH);

        assertThat(codes(deleting(service.ledger).delete(OPERATOR, id, true))).containsExactly(Code.PUBLIC_IMAGE);
        modified(offer(false, "debian-13"));
        assertThat(codes(deleting(service.ledger).delete(OPERATOR, id, true))).containsExactly(Code.MARKETPLACE_IMAGE);
        modified(product(""));
        accepted(deleting(service.ledger).delete(OPERATOR, id, false));
    }

    @Test
    void an_image_published_during_its_deletion_stays() {
        calls.plan(Plan.overtakenAt("commit", () -> modified(PUBLISH)));

        assertThat(codes(deleting(overtaken).delete(OPERATOR, id, true))).containsExactly(Code.PUBLIC_IMAGE);
        assertThat(listed()).isTrue();
    }

    @Test
    void an_image_deleted_during_its_publication_leaves_no_entry_behind() {
        calls.plan(Plan.overtakenAt(
                "commit", () -> accepted(deleting(service.ledger).delete(OPERATOR, id, false))));

        assertThat(codes(modify(overtaken, OPERATOR, image, PUBLISH))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(listed()).isFalse();
    }

    @Test
    void an_image_withdrawn_during_its_move_to_the_marketplace_is_offered_again_with_its_entry() {
        modified(PUBLISH);
        calls.plan(Plan.overtakenAt("commit", () -> modified(WITHDRAW)));

        accepted(modify(overtaken, OPERATOR, image, offer(false, "debian-13")));

        assertThat(listed()).isTrue();
        assertThat(service.image(image.id()).publication()).isEqualTo(Publication.MARKETPLACE);
    }
}
