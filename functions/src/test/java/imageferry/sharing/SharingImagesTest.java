package imageferry.sharing;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OUTAGE;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static imageferry.modification.Modifications.PUBLISH;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.Caller;
import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.image.Category;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Listing;
import imageferry.instance.Instances;
import imageferry.instance.UseImages;
import imageferry.ledger.Ledger;
import imageferry.ledger.Selection;
import imageferry.modification.Modification;
import imageferry.modification.Modifications;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.snapshot.Faults;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule 9: a share grants use of an image in its region to another account, not copy, not re-share, not change. */
class SharingImagesTest {
    private static final int MOST = 50;

    private final InMemoryService service = new InMemoryService();
    private final Calls calls = new Calls();
    private final UseImages using = service.using();
    private final Image image = service.image("golden");
    private final String id = image.id().value();

    private ShareImages overtaken() {
        return new ShareImages(
                calls.around(Ledger.class, service.ledger),
                service.images,
                service.shares,
                service.visible,
                MOST,
                service.clock);
    }

    private Result<Share> share(Caller with) {
        return service.sharing.share(OWNER, id, with.account().value());
    }

    private Result<Share> unshare(Caller by, Caller with) {
        return service.sharing.unshare(by, id, with.account().value());
    }

    private static String account(int number) {
        return "5000000000%02d".formatted(number);
    }

    private void shareWithAsManyAsMayBe() {
        IntStream.range(0, MOST).forEach(number -> accepted(service.sharing.share(OWNER, id, account(number))));
    }

    @Test
    void the_recipient_sees_the_image_with_its_name_owner_and_time() {
        service.passes(Duration.ofMinutes(5));
        accepted(share(FRIEND));

        var seen = accepted(service.visible.find(FRIEND, id));

        assertThat(seen.category()).isEqualTo(Category.SHARED);
        assertThat(seen.image().name()).hasToString("golden");
        assertThat(seen.image().owner()).isEqualTo(OWNER.account());
        assertThat(seen.sharedSince()).isEqualTo(service.now());
        assertThat(accepted(service.visible.find(OWNER, id)).sharedSince()).isNull();
    }

    @Test
    void sharing_again_changes_nothing() {
        var first = accepted(share(FRIEND));
        service.passes(Duration.ofMinutes(5));

        assertThat(accepted(share(FRIEND))).isEqualTo(first);
        assertThat(service.image(image.id()).uses().shareCount()).isEqualTo(1);
    }

    @Test
    void a_lowered_limit_is_named_with_the_number_of_shares() {
        shareWithAsManyAsMayBe();
        var lowered =
                new ShareImages(service.ledger, service.images, service.shares, service.visible, 20, service.clock);

        var refused = lowered.share(OWNER, id, FRIEND.account().value());

        assertThat(violations(refused).getFirst().detail())
                .isEqualTo(
                        "Image " + id + " is shared with 50 accounts; the limit is 20, so unshare until there is room");
    }

    @Test
    void an_image_is_shared_with_fifty_accounts_and_the_next_is_refused() {
        shareWithAsManyAsMayBe();

        var refused = share(FRIEND);

        assertThat(codes(refused)).containsExactly(Code.SHARE_QUOTA);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo(
                        "Image " + id + " is shared with 50 accounts; the limit is 50, so unshare until there is room");
        assertThat(accepted(service.sharing.list(OWNER, id))).hasSize(MOST);
        accepted(service.sharing.unshare(OWNER, id, account(7)));
        accepted(share(FRIEND));
    }

    @Test
    void one_of_two_simultaneous_requests_gets_the_last_share() {
        shareWithAsManyAsMayBe();
        accepted(service.sharing.unshare(OWNER, id, account(7)));
        calls.plan(Plan.overtakenAt("commit", () -> accepted(share(FRIEND))));

        assertThat(codes(overtaken().share(OWNER, id, STRANGER.account().value())))
                .containsExactly(Code.SHARE_QUOTA);
        assertThat(service.image(image.id()).uses().shareCount()).isEqualTo(MOST);
    }

    @Test
    void a_share_that_is_freed_meanwhile_is_used() {
        shareWithAsManyAsMayBe();
        calls.plan(Plan.overtakenAt("commit", () -> accepted(service.sharing.unshare(OWNER, id, account(7)))));

        accepted(overtaken().share(OWNER, id, FRIEND.account().value()));

        assertThat(service.image(image.id()).uses().shareCount()).isEqualTo(MOST);
    }

    @Test
    void a_share_given_while_the_image_is_renamed_has_the_new_name() {
        calls.plan(Plan.overtakenAt(
                "commit", () -> accepted(service.modifying().modify(OWNER, id, Modifications.rename("renamed")))));

        accepted(overtaken().share(OWNER, id, FRIEND.account().value()));

        var part = Listing.Part.first(Selection.ALL, 10, 1);
        assertThat(service.shares.with(FRIEND.account(), part).entries())
                .extracting(entry -> entry.image().name().value())
                .containsExactly("renamed");
    }

    @Test
    void two_simultaneous_requests_for_one_account_make_one_share() {
        calls.plan(Plan.overtakenAt("commit", () -> accepted(share(FRIEND))));
        service.passes(Duration.ofMinutes(1));

        var late = accepted(overtaken().share(OWNER, id, FRIEND.account().value()));

        assertThat(accepted(service.sharing.list(OWNER, id))).containsExactly(late);
        assertThat(service.image(image.id()).uses().shareCount()).isEqualTo(1);
    }

    @Test
    void an_image_cannot_be_shared_with_its_owner() {
        assertThat(codes(share(OWNER))).containsExactly(Code.SHARE_WITH_ONESELF);
    }

    @Test
    void an_account_is_twelve_digits() {
        for (var account : List.of("", "12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２")) {
            assertThat(codes(service.sharing.share(OWNER, id, account)))
                    .as(account)
                    .containsExactly(Code.INVALID_ACCOUNT_ID);
        }
    }

    @Test
    void an_unfinished_image_is_not_shared_and_the_answer_names_its_copy_and_an_alternative() {
        var copy = service.copying(image);
        var coming = service.made(copy).id();

        var refused =
                service.sharing.share(OWNER, coming.value(), FRIEND.account().value());

        assertThat(codes(refused)).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(violations(refused).getFirst().detail())
                .isEqualTo("Image " + coming + " is Waiting: copy " + copy
                        + " is still making it; only an Available image can be shared: wait for the copy, or name the"
                        + " accounts in a copy request");
        service.finish(copy);
        accepted(service.sharing.share(OWNER, coming.value(), FRIEND.account().value()));
    }

    @Test
    void an_image_that_failed_is_not_shared() {
        var copy = service.importing("broken", 1_000);
        service.settling.settle(copy, OUTAGE);

        assertThat(codes(service.sharing.share(
                        OWNER, service.made(copy).id().value(), FRIEND.account().value())))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void all_violations_are_reported_at_once() {
        var published = service.image(OPERATOR, "published");
        var modifying = service.modifying();
        accepted(modifying.modify(OPERATOR, published.id().value(), PUBLISH));
        accepted(modifying.modify(OPERATOR, published.id().value(), Modifications.DEPRECATE));

        assertThat(codes(service.sharing.share(
                        OPERATOR, published.id().value(), OPERATOR.account().value())))
                .containsExactly(Code.SHARE_WITH_ONESELF, Code.INCORRECT_IMAGE_STATUS, Code.PUBLIC_IMAGE);
    }

    @Test
    void a_recipient_cannot_share_copy_or_change_the_image() {
        accepted(share(FRIEND));

        assertThat(codes(service.sharing.share(FRIEND, id, STRANGER.account().value())))
                .containsExactly(Code.NOT_OWNER);
        assertThat(codes(service.copy(FRIEND, image))).containsExactly(Code.SHARED_IMAGE);
        assertThat(codes(service.sharing.list(FRIEND, id))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void strangers_see_neither_an_image_nor_its_shares() {
        accepted(share(FRIEND));

        assertThat(codes(service.sharing.share(STRANGER, id, FRIEND.account().value())))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(service.sharing.list(STRANGER, id))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(unshare(STRANGER, STRANGER))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void a_share_is_valid_in_the_images_region_only() {
        accepted(share(FRIEND));

        assertThat(codes(using.create(FRIEND, id, AWAY.name(), null))).containsExactly(Code.IMAGE_IN_OTHER_REGION);
        assertThat(service.shares
                        .with(FRIEND.account(), Listing.Part.first(Selection.ALL.ofRegion(AWAY.name()), 10, 1))
                        .entries())
                .isEmpty();
    }

    @Test
    void withdrawing_a_share_ends_new_use_at_once_and_keeps_running_instances() {
        accepted(share(FRIEND));
        var instance = accepted(using.create(FRIEND, id, HOME.name(), null));

        accepted(unshare(OWNER, FRIEND));

        assertThat(codes(using.create(FRIEND, id, HOME.name(), null))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(accepted(using.find(FRIEND, instance.id().value()))).isEqualTo(instance);
        assertThat(service.image(image.id()).uses().shareCount()).isZero();
    }

    @Test
    void a_share_withdrawn_during_a_boot_is_not_booted_from() {
        accepted(share(FRIEND));
        calls.plan(Plan.overtakenAt("commit", () -> accepted(unshare(OWNER, FRIEND))));
        var late = new UseImages(
                calls.around(Ledger.class, service.ledger),
                service.images,
                service.visible,
                new Instances(service.ledger),
                service.requests,
                service.regions,
                service.clock,
                service.ids);

        assertThat(codes(late.create(FRIEND, id, HOME.name(), null))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void a_recipient_may_remove_only_its_own_share() {
        accepted(share(FRIEND));
        accepted(share(STRANGER));

        assertThat(codes(unshare(FRIEND, STRANGER))).containsExactly(Code.NOT_OWNER);
        accepted(unshare(FRIEND, FRIEND));

        assertThat(accepted(service.sharing.list(OWNER, id)))
                .extracting(Share::account)
                .containsExactly(STRANGER.account());
    }

    @Test
    void an_absent_share_cannot_be_withdrawn() {
        assertThat(codes(unshare(OWNER, FRIEND))).containsExactly(Code.SHARE_NOT_FOUND);
        assertThat(codes(service.sharing.unshare(OWNER, id, "nobody"))).containsExactly(Code.SHARE_NOT_FOUND);
    }

    @Test
    void a_share_withdrawn_twice_at_once_is_subtracted_once() {
        accepted(share(FRIEND));
        accepted(share(STRANGER));
        calls.plan(Plan.overtakenAt("commit", () -> accepted(unshare(FRIEND, FRIEND))));

        assertThat(codes(overtaken().unshare(OWNER, id, FRIEND.account().value())))
                .containsExactly(Code.SHARE_NOT_FOUND);
        assertThat(service.image(image.id()).uses().shareCount()).isEqualTo(1);
    }

    @Test
    void an_image_deleted_during_its_sharing_is_not_found() {
        var deleting = service.deleting();
        calls.plan(Plan.overtakenAt("commit", () -> accepted(deleting.delete(OWNER, id, false))));

        assertThat(codes(overtaken().share(OWNER, id, FRIEND.account().value())))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.shares.of(image.id())).isEmpty();
    }

    @Test
    void an_image_that_everybody_sees_needs_no_share() {
        isRefused("public", PUBLISH, Code.PUBLIC_IMAGE, " is already public, so it needs no share");
        isRefused(
                "product",
                Modifications.product("debian-13"),
                Code.MARKETPLACE_IMAGE,
                " is in the marketplace, where everybody sees it, so it needs no share");
    }

    private void isRefused(String name, Modification offer, Code code, String why) {
        var offered = service.image(OPERATOR, name).id();
        accepted(service.modifying().modify(OPERATOR, offered.value(), offer));

        var refused = service.sharing.share(
                OPERATOR, offered.value(), FRIEND.account().value());

        assertThat(codes(refused)).containsExactly(code);
        assertThat(violations(refused).getFirst().detail()).isEqualTo("Image " + offered + why);
    }

    @Test
    void an_image_whose_bytes_are_still_being_removed_is_not_there_for_a_share_in_progress() {
        var deleting = service.deleting();
        service.store.faults().before(Faults.Call.DELETE, number -> {
            throw new StoreUnavailable("Out of reach");
        });
        calls.plan(Plan.overtakenAt("commit", () -> accepted(deleting.delete(OWNER, id, false))));

        assertThat(codes(overtaken().share(OWNER, id, FRIEND.account().value())))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.image(image.id()).status()).isEqualTo(ImageStatus.DELETING);
    }

    @Test
    void only_the_owner_sees_an_image_as_its_own() {
        accepted(share(FRIEND));

        assertThat(accepted(service.visible.find(OWNER, id)).byOwner()).isTrue();
        assertThat(accepted(service.visible.find(FRIEND, id)).byOwner()).isFalse();
    }
}
