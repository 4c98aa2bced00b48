package imageferry.removal;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Listing;
import imageferry.image.Quota;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Selection;
import imageferry.modification.Modification;
import imageferry.modification.Modifications;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeletingImagesTest {
    private final InMemoryService service = new InMemoryService();
    private final DeleteImage deleting = deleting(service.ledger);

    private DeleteImage deleting(Ledger ledger) {
        return service.deleting(ledger);
    }

    private Result<Optional<Image>> delete(Image image, boolean force) {
        return deleting.delete(OWNER, image.id().value(), force);
    }

    private void isGone(Image image) {
        assertThat(service.images.find(image.id())).isEmpty();
        assertThat(service.store.look(image.blob())).isEmpty();
        assertThat(service.shares.of(image.id())).isEmpty();
        assertThat(service.images.taken(image.owner(), image.region(), image.name()))
                .isFalse();
    }

    @Test
    void a_deletion_frees_the_bytes_the_name_and_the_place_in_the_quota() {
        var image = service.image("golden");

        accepted(delete(image, false));

        isGone(image);
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(0, 0, 0));
        var stored = service.ledger.read(new Key("USAGE#" + OWNER.account(), "STORED#" + image.id()));
        assertThat(stored.orElseThrow().instant("to")).isEqualTo(service.now());
    }

    @Test
    void a_deleted_image_is_visible_to_nobody() {
        var image = service.image("golden");
        accepted(delete(image, false));

        assertThat(codes(delete(image, false))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void strangers_do_not_see_the_image_and_recipients_may_not_delete_it() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(codes(deleting.delete(STRANGER, image.id().value(), true))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(deleting.delete(FRIEND, image.id().value(), true))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void a_source_is_locked_while_a_copy_runs_and_the_answer_says_how_to_cancel_it() {
        var image = service.image("golden");
        var copy = service.copying(image);

        var refused = delete(image, true);

        assertThat(codes(refused)).containsExactly(Code.IMAGE_COPYING);
        assertThat(violations(refused).getFirst().detail())
                .contains(copy.value())
                .contains("POST /images/" + service.made(copy).id() + "/cancel-copy");
    }

    @Test
    void deleting_an_original_never_touches_its_copies() {
        var image = service.image("golden");
        var copy = service.copying(image);
        service.finish(copy);

        accepted(delete(image, false));

        isGone(image);
        assertThat(service.made(copy).status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(service.store.look(service.made(copy).blob())).isPresent();
    }

    @Test
    void deleting_a_copy_never_touches_its_original() {
        var image = service.image("golden");
        var copy = service.copying(image);
        service.finish(copy);
        var copied = service.made(copy);

        accepted(delete(copied, false));

        isGone(copied);
        assertThat(service.image(image.id())).isEqualTo(image);
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void an_image_in_the_making_is_cancelled_not_deleted() {
        var image = service.made(service.importing("golden", 1_000));

        var refused = delete(image, true);

        assertThat(codes(refused)).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(violations(refused).getFirst().detail()).contains("/cancel-copy");
    }

    @Test
    void a_failed_image_can_be_deleted_and_gives_its_place_back_only_once() {
        var copy = service.importing("golden", 1_000);
        service.settling.settle(copy, OUTAGE);
        var failed = service.made(copy);
        var successor = service.image("golden");

        accepted(delete(failed, false));

        assertThat(service.images.find(failed.id())).isEmpty();
        assertThat(service.images.taken(OWNER.account(), HOME, successor.name()))
                .isTrue();
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 0, 0));
    }

    @Test
    void all_violations_are_reported_at_once() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        service.ledger.commit(List.of(Images.used(image)));
        protect(image);

        assertThat(codes(delete(image, false)))
                .containsExactly(Code.IMAGE_USE_SHARED, Code.IMAGE_USING_BY_INSTANCE, Code.IMAGE_PROTECTED);
        assertThat(codes(delete(image, true))).containsExactly(Code.IMAGE_PROTECTED);
    }

    private void protect(Image image) {
        modify(image, Modifications.protect(true));
    }

    private void modify(Image image, Modification modification) {
        accepted(service.modifying().modify(OWNER, image.id().value(), modification));
    }

    @Test
    void a_protected_image_is_not_deleted_even_by_force_until_its_protection_is_removed() {
        var image = service.image("golden");
        protect(image);

        assertThat(codes(delete(image, true))).containsExactly(Code.IMAGE_PROTECTED);
        modify(image, Modifications.protect(false));
        accepted(delete(image, false));
    }

    @Test
    void an_image_protected_during_its_deletion_stays() {
        var image = service.image("golden");
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", () -> protect(image)));
        var late = deleting(calls.around(Ledger.class, service.ledger));

        assertThat(codes(late.delete(OWNER, image.id().value(), true))).containsExactly(Code.IMAGE_PROTECTED);
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void an_image_whose_last_share_is_withdrawn_meanwhile_is_deleted() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        var calls = new Calls();
        calls.plan(Plan.overtakenAt(
                "commit",
                () -> accepted(service.sharing.unshare(
                        OWNER, image.id().value(), FRIEND.account().value()))));

        accepted(deleting(calls.around(Ledger.class, service.ledger))
                .delete(OWNER, image.id().value(), false));
    }

    @Test
    void a_share_added_during_a_forced_deletion_is_removed_too() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        var calls = new Calls();
        calls.plan(Plan.overtakenAt(
                "commit",
                () -> accepted(service.sharing.share(
                        OWNER, image.id().value(), STRANGER.account().value()))));

        accepted(deleting(calls.around(Ledger.class, service.ledger))
                .delete(OWNER, image.id().value(), true));

        assertThat(service.shares.of(image.id())).isEmpty();
    }

    @Test
    void a_shared_image_is_deleted_only_by_force() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(codes(delete(image, false))).containsExactly(Code.IMAGE_USE_SHARED);
        accepted(delete(image, true));
        isGone(image);
    }

    @Test
    void an_image_that_an_instance_uses_is_deleted_only_by_force() {
        var image = service.image("golden");
        service.ledger.commit(List.of(Images.used(image)));

        assertThat(codes(delete(image, false))).containsExactly(Code.IMAGE_USING_BY_INSTANCE);
        accepted(delete(image, true));
        isGone(image);
    }

    @Test
    void an_image_shared_during_its_deletion_stays() {
        var image = service.image("golden");
        var calls = new Calls();
        calls.plan(Plan.overtakenAt(
                "commit",
                () -> accepted(service.sharing.share(
                        OWNER, image.id().value(), FRIEND.account().value()))));
        var late = deleting(calls.around(Ledger.class, service.ledger));

        assertThat(codes(late.delete(OWNER, image.id().value(), false))).containsExactly(Code.IMAGE_USE_SHARED);
    }

    @Test
    void a_deprecated_image_can_be_deleted() {
        var image = service.image("golden");
        modify(image, Modifications.DEPRECATE);

        accepted(delete(image, false));

        isGone(image);
    }

    @Test
    void force_deletes_an_image_in_use() {
        var image = service.image("golden");
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        service.ledger.commit(List.of(Images.used(image)));

        accepted(delete(image, true));

        isGone(image);
    }

    @Test
    void a_deletion_interrupted_after_its_decision_is_finished_by_the_sweeper() {
        var image = service.image("golden");
        service.store.faults().before(Call.DELETE, number -> {
            throw new StoreUnavailable("Out of reach");
        });

        accepted(delete(image, false));

        assertThat(service.image(image.id()).status()).isEqualTo(ImageStatus.DELETING);
        assertThat(service.ledger.read(Images.key(image.id())).orElseThrow().text("changedBy"))
                .isEqualTo(OWNER.arn());
        assertThat(codes(delete(image, false))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.images
                        .ownedBy(OWNER.account(), Listing.Part.first(Selection.ALL, 10, 1))
                        .entries())
                .isEmpty();

        service.passes(Duration.ofMinutes(10));
        assertThat(service.removals().finishAll(service.now()).failures())
                .singleElement()
                .asString()
                .contains(image.id().value());
        service.store.faults().before(Call.DELETE, number -> {});
        assertThat(service.removals().finishAll(service.now()).images()).isEqualTo(1);
        isGone(image);
    }

    @Test
    void a_region_whose_store_is_out_of_reach_is_asked_once_for_all_its_deletions() {
        var images = List.of(service.image("one"), service.image("two"));
        service.store.faults().before(Call.DELETE, number -> {
            throw new StoreUnavailable("Out of reach");
        });
        images.forEach(
                image -> accepted(service.deleting().delete(OWNER, image.id().value(), false)));
        service.passes(Duration.ofMinutes(1));
        var before = service.store.faults().count(Call.DELETE);

        var finished = service.removals().finishAll(service.now());

        assertThat(finished.failures()).singleElement().asString().contains("Out of reach");
        assertThat(service.store.faults().count(Call.DELETE) - before).isEqualTo(1);
    }
}
