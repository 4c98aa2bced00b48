package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OPERATOR;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.account.AccountId;
import imageferry.account.Caller;
import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.Groups;
import imageferry.copying.InMemoryService;
import imageferry.copying.Limits;
import imageferry.id.GroupId;
import imageferry.image.Image;
import imageferry.image.Labels;
import imageferry.ledger.BeforeCommit;
import imageferry.modification.Modification;
import imageferry.modification.Modifications;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.rule.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules 1, 2, 3, 5 and 9: the images that can be copied, and the targets that a request may name. */
class RequestingCopiesTest {
    private final InMemoryService service = new InMemoryService();
    private final Image image = service.image("golden");

    private static TargetRequest target(String region, String... shareWith) {
        return new TargetRequest(region, null, Labels.NONE, List.of(shareWith));
    }

    private static TargetRequest named(String region, String name) {
        return new TargetRequest(region, name, Labels.NONE, List.of());
    }

    private Result<GroupId> copy(Caller caller, Image source, TargetRequest... targets) {
        return copy(service.limits, caller, source, targets);
    }

    private Result<GroupId> copy(Limits limits, Caller caller, Image source, TargetRequest... targets) {
        var request = new RequestCopies.Request(source.id().value(), List.of(targets), "Needed", null);
        return service.requesting(service.ledger, limits).requestCopies().request(caller, request);
    }

    private Copy first(Result<GroupId> requested) {
        var group = new Groups(service.ledger).find(accepted(requested)).orElseThrow();
        return service.copies.require(group.copies().getFirst());
    }

    private void modify(Image source, Modification modification) {
        var owner = source.ownedBy(OPERATOR.account()) ? OPERATOR : OWNER;
        accepted(service.modifying().modify(owner, source.id().value(), modification));
    }

    private static String[] accounts(int count) {
        return IntStream.range(0, count).mapToObj("5000000000%02d"::formatted).toArray(String[]::new);
    }

    private void isRefused(Result<GroupId> refused, Code code, String field, Object value, String detail) {
        assertThat(violations(refused)).containsExactly(Violation.of(code, field, value, detail));
    }

    @Test
    void a_public_image_is_not_copied_by_anybody() {
        var offered = service.image(OPERATOR, "offered");
        modify(offered, Modifications.PUBLISH);

        for (var caller : List.of(OPERATOR, FRIEND)) {
            isRefused(
                    copy(caller, offered, target(AWAY.name())),
                    Code.PUBLIC_IMAGE,
                    "imageId",
                    offered.id(),
                    "Image " + offered.id() + " is public and cannot be copied; its owner must withdraw it first");
        }
    }

    @Test
    void a_marketplace_image_is_not_copied_by_anybody() {
        var offered = service.image(OPERATOR, "offered");
        modify(offered, Modifications.product("debian-13"));

        isRefused(
                copy(OPERATOR, offered, target(AWAY.name())),
                Code.MARKETPLACE_IMAGE,
                "imageId",
                offered.id(),
                "Image " + offered.id()
                        + " is a marketplace image and cannot be copied; its owner must withdraw it first");
    }

    @Test
    void a_shared_image_is_not_copied_and_nothing_is_said_of_the_targets() {
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));

        isRefused(
                copy(FRIEND, image, target("mars-north-1")),
                Code.SHARED_IMAGE,
                "imageId",
                image.id(),
                "Image " + image.id()
                        + " is shared with you and cannot be copied; ask its owner to copy it and to share the copy");
    }

    @Test
    void a_deprecated_image_is_not_copied() {
        modify(image, Modifications.DEPRECATE);

        isRefused(
                copy(OWNER, image, target(AWAY.name())),
                Code.INCORRECT_IMAGE_STATUS,
                "imageId",
                image.id(),
                "Image " + image.id() + " is Deprecated; only an Available image can be copied");
    }

    @Test
    void an_image_whose_bytes_were_deleted_outside_is_not_copied() {
        service.store.delete(image.blob());

        isRefused(
                copy(OWNER, image, target(AWAY.name())),
                Code.SNAPSHOT_NOT_FOUND,
                "imageId",
                image.id(),
                "The bytes of image " + image.id() + " are gone from " + image.blob()
                        + "; delete the image and import it again");
    }

    @Test
    void a_stranger_learns_nothing() {
        assertThat(codes(copy(STRANGER, image, target(AWAY.name())))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    @Test
    void the_target_is_another_enabled_region() {
        isRefused(
                copy(OWNER, image, named(HOME.name(), "silver")),
                Code.INCORRECT_DESTINATION_REGION,
                "targets[0].region",
                HOME,
                "Image " + image.id() + " is already in us-east-1; choose another region");
        isRefused(
                copy(OWNER, image, target("mars-north-1")),
                Code.INVALID_REGION,
                "targets[0].region",
                "mars-north-1",
                "Region mars-north-1 is not enabled; choose one of us-east-1, eu-west-1");
    }

    @Test
    void a_region_is_named_once() {
        isRefused(
                copy(OWNER, image, target(AWAY.name()), target(AWAY.name())),
                Code.INVALID_PARAMETER,
                "targets[1].region",
                AWAY,
                "Region eu-west-1 is named more than once; name each target region once");
    }

    @Test
    void a_target_is_shared_with_at_most_fifty_accounts() {
        isRefused(
                copy(OWNER, image, target(AWAY.name(), accounts(51))),
                Code.SHARE_QUOTA,
                "targets[0].shareWith",
                51,
                "An image can be shared with 50 accounts, not 51; name fewer");

        assertThat(first(copy(OWNER, image, target(AWAY.name(), accounts(50)))).shareWith())
                .hasSize(50);
    }

    @Test
    void a_target_is_not_shared_with_its_owner() {
        isRefused(
                copy(OWNER, image, target(AWAY.name(), "222222222222")),
                Code.SHARE_WITH_ONESELF,
                "targets[0].shareWith",
                "222222222222",
                "222222222222 will own the copy and needs no share; leave it out");
    }

    @Test
    void an_account_that_is_named_twice_gets_one_share() {
        var copy = first(copy(OWNER, image, target(AWAY.name(), "333333333333", "333333333333")));

        assertThat(copy.shareWith()).containsExactly(new AccountId("333333333333"));
    }

    @Test
    void a_held_name_is_reported_beside_other_violations_and_alone() {
        accepted(copy(OWNER, image, target(AWAY.name())));
        var held = "You already have an image named golden in eu-west-1; choose another name";

        isRefused(
                copy(OWNER, image, target(AWAY.name())), Code.IMAGE_NAME_DUPLICATED, "targets[0].name", "golden", held);
        assertThat(violations(copy(OWNER, image, target(AWAY.name()), named(HOME.name(), "silver"))))
                .extracting(Violation::code)
                .containsExactly(Code.IMAGE_NAME_DUPLICATED, Code.INCORRECT_DESTINATION_REGION);
    }

    @Test
    void violations_of_the_source_and_of_its_targets_are_reported_at_once() {
        modify(image, Modifications.DEPRECATE);

        assertThat(codes(copy(OWNER, image, target(HOME.name(), "222222222222"))))
                .containsExactly(
                        Code.INCORRECT_IMAGE_STATUS,
                        Code.INCORRECT_DESTINATION_REGION,
                        Code.SHARE_WITH_ONESELF,
                        Code.IMAGE_NAME_DUPLICATED);
    }

    @Test
    void a_copy_has_the_name_of_its_source_unless_the_request_gives_one_and_its_family() {
        var family = new Modification(null, null, "metals", null, null, null, null, null);
        modify(image, family);
        var labels = new Labels("A copy", "ignored", Map.of("os", "debian"));

        var same = first(copy(OWNER, image, target(AWAY.name())));
        var renamed = first(copy(OWNER, image, new TargetRequest(AWAY.name(), "silver", labels, List.of())));

        assertThat(service.image(same.image()).name()).hasToString("golden");
        assertThat(service.image(renamed.image()).name()).hasToString("silver");
        assertThat(service.image(renamed.image()).labels())
                .isEqualTo(new Labels("A copy", "metals", Map.of("os", "debian")));
    }

    @Test
    void a_copy_of_more_bytes_than_the_limit_waits_for_approval_and_one_of_exactly_that_size_does_not() {
        var atTheLimit = first(copy(new Limits(1_000, 5, 4, 50), OWNER, image, target(AWAY.name())));
        var above = first(copy(new Limits(999, 5, 4, 50), OWNER, image, named(AWAY.name(), "silver")));

        assertThat(atTheLimit.status()).isEqualTo(CopyStatus.WAITING);
        assertThat(atTheLimit.workflow().ticket()).isNull();
        assertThat(above.status()).isEqualTo(CopyStatus.PENDING_APPROVAL);
        assertThat(above.workflow().ticketReason()).isEqualTo("Needed");
    }

    @Test
    void a_source_that_is_deprecated_in_the_moment_before_it_is_locked_is_refused() {
        var overtaken = new BeforeCommit(service.ledger, () -> modify(image, Modifications.DEPRECATE));
        var request = new RequestCopies.Request(image.id().value(), List.of(target(AWAY.name())), null, null);

        assertThat(codes(service.requestCopies(overtaken).request(OWNER, request)))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }
}
