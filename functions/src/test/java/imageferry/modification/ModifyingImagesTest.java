package imageferry.modification;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static imageferry.modification.Modifications.describe;
import static imageferry.modification.Modifications.family;
import static imageferry.modification.Modifications.protect;
import static imageferry.modification.Modifications.rename;
import static imageferry.modification.Modifications.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.image.Labels;
import imageferry.image.Removal;
import imageferry.ledger.Item;
import imageferry.ledger.Ledger;
import imageferry.rule.Code;
import imageferry.rule.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An owner changes an image's labels; its bytes never change. */
class ModifyingImagesTest {
    private final InMemoryService service = new InMemoryService();
    private final ModifyImage modifying = service.modifying();
    private final Image image = service.image("golden");

    private Image modified(Modification modification) {
        var seen = accepted(modifying.modify(OWNER, image.id().value(), modification));
        assertThat(service.image(image.id()))
                .as("the answer is the stored image")
                .isEqualTo(seen.image());
        return seen.image();
    }

    private Item record() {
        return service.ledger.read(Images.key(image.id())).orElseThrow();
    }

    @Test
    void every_label_can_be_changed_in_one_step() {
        var all = new Modification(
                new ImageName("silver"), "The next one", "metals", Map.of("os", "debian"), null, true, null, null);

        var after = modified(all);

        assertThat(after.name()).hasToString("silver");
        assertThat(after.labels()).isEqualTo(new Labels("The next one", "metals", Map.of("os", "debian")));
        assertThat(after.terms().isProtected()).isTrue();
        assertThat(after.checksum()).isEqualTo(image.checksum());
        assertThat(after.blob()).isEqualTo(image.blob());
    }

    @Test
    void absent_fields_do_not_change() {
        modified(describe("The first one"));
        modified(family("metals"));
        modified(tags(Map.of("os", "debian")));

        assertThat(modified(protect(true)).labels())
                .isEqualTo(new Labels("The first one", "metals", Map.of("os", "debian")));
        assertThat(modified(protect(false)).terms().isProtected()).isFalse();
    }

    @Test
    void an_empty_text_removes_a_label_and_tags_are_replaced_as_a_whole() {
        modified(describe("The first one"));
        modified(family("metals"));
        modified(tags(Map.of("os", "debian", "team", "platform")));

        assertThat(modified(describe("")).labels().description()).isNull();
        assertThat(modified(family("")).labels().family()).isNull();
        assertThat(modified(tags(Map.of("team", "edge"))).labels().tags()).isEqualTo(Map.of("team", "edge"));
        assertThat(modified(tags(Map.of())).labels()).isEqualTo(Labels.NONE);
    }

    @Test
    void owners_who_change_different_things_do_not_undo_each_other() {
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", () -> modified(describe("The first one"))));
        var late = new ModifyImage(
                calls.around(Ledger.class, service.ledger),
                service.images,
                service.shares,
                service.visible,
                service.copies,
                service.clock);

        accepted(late.modify(OWNER, image.id().value(), family("metals")));

        assertThat(service.image(image.id()).labels()).isEqualTo(new Labels("The first one", "metals", Map.of()));
    }

    @Test
    void every_change_records_its_account_and_time() {
        service.passes(Duration.ofMinutes(1));
        modified(describe("The first one"));

        assertThat(record().text("changedBy")).isEqualTo(OWNER.arn());
        assertThat(record().instant("changedAt")).isEqualTo(service.now());
    }

    @Test
    void a_request_for_the_current_values_changes_nothing() {
        modified(describe("The first one"));
        var before = record();
        service.passes(Duration.ofMinutes(1));

        modified(describe("The first one"));
        modified(Modifications.NOTHING);
        modified(Modifications.RESTORE);

        assertThat(record()).isEqualTo(before);
    }

    @Test
    void strangers_do_not_see_the_image_and_recipients_may_not_change_it() {
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));

        assertThat(codes(modifying.modify(STRANGER, image.id().value(), describe("Mine"))))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(modifying.modify(STRANGER, "no image", describe("Mine"))))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(codes(modifying.modify(FRIEND, image.id().value(), describe("Mine"))))
                .containsExactly(Code.NOT_OWNER);
    }

    @Test
    void a_recipient_does_not_learn_the_owners_other_names_and_copies() {
        service.image("silver");
        service.copying(image);
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        var asked =
                new Modification(new ImageName("silver"), null, null, null, ImageStatus.DEPRECATED, null, null, null);

        assertThat(codes(modifying.modify(FRIEND, image.id().value(), asked))).containsExactly(Code.NOT_OWNER);
        assertThat(codes(modifying.modify(OWNER, image.id().value(), asked)))
                .containsExactly(Code.IMAGE_NAME_DUPLICATED, Code.IMAGE_COPYING);
    }

    @Test
    void all_violations_are_reported_at_once_with_their_fields() {
        var failed = service.importing("broken", 1_000);
        service.settling.settle(failed, InMemoryService.OUTAGE);
        var asked = new Modification(
                new ImageName("silver"), null, null, null, ImageStatus.DEPRECATED, null, true, "code-1");

        assertThat(violations(modifying.modify(OWNER, service.made(failed).id().value(), asked)))
                .extracting(Violation::code, Violation::field)
                .containsExactly(
                        tuple(Code.NOT_OPERATOR, "public"),
                        tuple(Code.NOT_OPERATOR, "productCode"),
                        tuple(Code.INCORRECT_IMAGE_STATUS, "status"),
                        tuple(Code.INVALID_PARAMETER, "public"));
    }

    @Test
    void a_deleted_image_cannot_be_changed() {
        var stale = service.image(image.id());
        service.ledger.commit(List.of(Removal.decided(stale, false, OWNER.arn(), service.now())));

        assertThat(codes(modifying.modify(OWNER, image.id().value(), describe("Gone"))))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.ledger
                        .commit(List.of(describe("Gone").of(stale).revised(OWNER.arn(), service.now())))
                        .done())
                .isFalse();
    }

    @Test
    void labels_of_an_image_in_the_making_and_of_a_failed_one_can_be_changed() {
        var copy = service.importing("coming", 1_000);
        var id = service.made(copy).id().value();

        accepted(modifying.modify(OWNER, id, describe("Soon")));
        service.settling.settle(copy, InMemoryService.OUTAGE);
        accepted(modifying.modify(OWNER, id, rename("never-came")));

        assertThat(service.made(copy).labels().description()).isEqualTo("Soon");
        assertThat(service.made(copy).name()).hasToString("never-came");
    }

    @Test
    void a_running_copy_keeps_its_source_from_no_change_that_leaves_it_copyable() {
        service.copying(image);

        modified(Modifications.describe("In use"));
        modified(Modifications.rename("silver"));

        assertThat(service.image(image.id()).name()).hasToString("silver");
    }
}
