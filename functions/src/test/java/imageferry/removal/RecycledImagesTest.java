package imageferry.removal;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static imageferry.copying.InMemoryService.violations;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.fault.Calls;
import imageferry.fault.Plan;
import imageferry.function.App;
import imageferry.id.ImageId;
import imageferry.idempotency.ClientToken;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Listing;
import imageferry.image.Quota;
import imageferry.image.Versions;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Key;
import imageferry.ledger.Ledger;
import imageferry.ledger.Selection;
import imageferry.ledger.Write;
import imageferry.modification.Modifications;
import imageferry.rule.Code;
import imageferry.rule.Result;
import imageferry.sharing.VisibleImages.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecycledImagesTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final InMemoryService service = new InMemoryService();
    private final App app = service.withBin(service.ledger);

    private Image recycled(String name) {
        return recycled(service.image(name));
    }

    private Image recycled(Image image) {
        return accepted(delete(image)).orElseThrow();
    }

    private Result<Optional<Image>> delete(Image image) {
        return app.forApi().deleteImage().delete(OWNER, image.id().value(), true);
    }

    private Result<Seen> restore(Image image, @Nullable String name) {
        return restore(app, image, name);
    }

    private static Result<Seen> restore(App on, Image image, @Nullable String name) {
        return on.forApi()
                .restoreImage()
                .restore(OWNER, image.id().value(), name == null ? null : new ImageName(name), null);
    }

    private Result<?> purge(Image image) {
        return app.purgeImages().purge(OWNER, image.id().value());
    }

    private App overtaken(Runnable other) {
        var calls = new Calls();
        calls.plan(Plan.overtakenAt("commit", other));
        return service.withBin(calls.around(Ledger.class, service.ledger));
    }

    private Image golden() {
        return service.image("golden");
    }

    private List<ImageId> listed(@Nullable String status) {
        var part = Listing.Part.first(Selection.ALL.ofStatus(status), 10, 10);
        return service.images.ownedBy(OWNER.account(), part).entries().stream()
                .map(entry -> entry.image().id())
                .toList();
    }

    private Optional<Instant> storedUntil(Image image) {
        return service.ledger
                .read(new Key("USAGE#" + OWNER.account(), "STORED#" + image.id()))
                .orElseThrow()
                .maybeInstant("to");
    }

    @Test
    void a_deleted_image_keeps_its_bytes_and_gives_back_its_name_and_its_place() {
        var image = recycled("golden");

        assertThat(image.status()).isEqualTo(ImageStatus.RECYCLED);
        assertThat(image.bin().orElseThrow().purgeAt()).isEqualTo(service.now().plus(WEEK));
        assertThat(service.store.look(image.blob())).isPresent();
        assertThat(service.images.taken(OWNER.account(), HOME, image.name())).isFalse();
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(0, 0, 1));
        assertThat(storedUntil(image)).isEmpty();
    }

    @Test
    void it_is_listed_with_its_status_only() {
        var image = recycled("golden");

        assertThat(listed("Recycled")).containsExactly(image.id());
        assertThat(listed(null)).isEmpty();
        accepted(restore(image, null));
        assertThat(listed(null)).containsExactly(image.id());
        assertThat(listed("Available")).containsExactly(image.id());
        assertThat(listed("Recycled")).isEmpty();
    }

    @Test
    void deleting_it_again_changes_nothing() {
        var image = recycled("golden");
        service.passes(Duration.ofDays(1));
        var before = service.records();

        assertThat(accepted(delete(image))).contains(image);
        assertThat(service.records()).isEqualTo(before);
    }

    @Test
    void an_image_without_bytes_is_removed_at_once() {
        var copy = service.importing("golden", 1_000);
        service.settling.settle(copy, InMemoryService.OUTAGE);
        var failed = service.made(copy);

        assertThat(accepted(delete(failed))).isEmpty();
        assertThat(service.images.find(failed.id())).isEmpty();
    }

    @Test
    void its_recipients_lose_it_and_see_it_again_after_its_restore() {
        var image = golden();
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        recycled(image);
        var part = Listing.Part.first(Selection.ALL, 10, 10);

        assertThat(codes(service.visible.find(FRIEND, image.id().value()))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.shares.with(FRIEND.account(), part).entries()).isEmpty();

        accepted(restore(image, "silver"));

        assertThat(accepted(service.visible.find(FRIEND, image.id().value()))
                        .image()
                        .name())
                .hasToString("silver");
        assertThat(service.shares.with(FRIEND.account(), part).entries())
                .extracting(entry -> entry.image().name() + " " + entry.image().status())
                .containsExactly("silver Available");
    }

    @Test
    void a_restore_gives_back_the_record_as_it_was() {
        var image = golden();
        var quota = service.images.quota(OWNER.account(), HOME);

        var restored = accepted(restore(recycled(image), null)).image();

        assertThat(restored.status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(restored.uses().reserves()).isTrue();
        assertThat(restored.terms()).isEqualTo(image.terms());
        assertThat(service.images.holder(OWNER.account(), HOME, image.name())).contains(image.id());
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(quota);
    }

    @Test
    void a_deprecated_image_comes_back_deprecated() {
        var image = golden();
        accepted(service.modifying().modify(OWNER, image.id().value(), Modifications.DEPRECATE));

        recycled(image);

        assertThat(accepted(restore(image, null)).image().status()).isEqualTo(ImageStatus.DEPRECATED);
    }

    @Test
    void everything_that_prevents_a_restore_is_said_at_once() {
        var image = recycled("golden");
        for (var name : List.of("golden", "two", "three", "four", "five")) {
            service.image(name);
        }
        service.store.delete(image.blob());

        var refused = restore(image, null);

        assertThat(codes(refused))
                .containsExactly(Code.IMAGE_NAME_DUPLICATED, Code.IMAGE_QUOTA, Code.SNAPSHOT_NOT_FOUND);
        assertThat(violations(refused).getFirst().detail()).contains("another name");
    }

    @Test
    void a_name_that_is_taken_during_a_restore_is_refused_or_replaced() {
        var image = recycled("golden");

        assertThat(codes(restore(overtaken(this::golden), image, null))).containsExactly(Code.IMAGE_NAME_DUPLICATED);
        accepted(restore(image, "silver"));
    }

    @Test
    void a_restore_that_is_repeated_with_its_token_has_the_same_answer() {
        var image = recycled("golden");
        var token = new ClientToken("once", "");
        var restoring = app.forApi().restoreImage();

        var first = accepted(restoring.restore(OWNER, image.id().value(), null, token));

        assertThat(accepted(restoring.restore(OWNER, image.id().value(), null, token)))
                .isEqualTo(first);
        assertThat(codes(restore(image, null))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void a_purge_that_a_restore_overtakes_deletes_nothing() {
        var image = recycled("golden");
        var late = overtaken(() -> accepted(restore(image, null))).purgeImages();

        assertThat(codes(late.purge(OWNER, image.id().value()))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void a_restore_that_a_purge_overtakes_finds_no_image() {
        var image = recycled("golden");

        assertThat(codes(restore(overtaken(() -> accepted(purge(image))), image, null)))
                .containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(0, 0, 0));
        assertThat(service.images.taken(OWNER.account(), HOME, image.name())).isFalse();
    }

    @Test
    void a_sweep_that_a_restore_overtakes_deletes_nothing() {
        var image = recycled("golden");
        service.passes(WEEK);
        var late = overtaken(() -> accepted(restore(image, null))).purgeImages();

        assertThat(late.purgeDue(service.now())).isEqualTo(new Removals.Finished(0, List.of()));
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void a_purge_ends_the_meter_and_removes_bytes_shares_and_record() {
        var image = golden();
        accepted(service.sharing.share(
                OWNER, image.id().value(), FRIEND.account().value()));
        recycled(image);
        service.passes(Duration.ofDays(2));

        accepted(purge(image));

        assertThat(storedUntil(image)).contains(service.now());
        assertThat(service.store.look(image.blob())).isEmpty();
        assertThat(service.shares.of(image.id())).isEmpty();
        assertThat(service.images.find(image.id())).isEmpty();
    }

    @Test
    void only_an_image_in_the_bin_is_purged() {
        var image = golden();

        assertThat(codes(purge(image))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void the_sweeper_purges_an_image_when_its_time_is_over_and_not_before() {
        var image = recycled("golden");
        service.passes(WEEK.minusSeconds(1));
        assertThat(app.purgeImages().purgeDue(service.now()).images()).isZero();

        service.passes(Duration.ofSeconds(2));

        assertThat(app.purgeImages().purgeDue(service.now()).images()).isEqualTo(1);
        assertThat(service.images.find(image.id())).isEmpty();
        assertThat(service.store.look(image.blob())).isEmpty();
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(0, 0, 0));
    }

    @Test
    void an_image_in_the_bin_of_a_restored_table_waits_for_the_confirmation() {
        var image = recycled("golden");
        service.ledger.commit(List.of(Write.update(
                new Key("LEDGER", "LEDGER"), Condition.exists(), Change.put("restoredAt", service.now()))));
        service.passes(Duration.ofDays(30));

        assertThat(app.purgeImages().purgeDue(service.now())).isEqualTo(new Removals.Finished(0, List.of()));
        assertThat(service.store.look(image.blob())).isPresent();
    }

    @Test
    void a_full_bin_refuses_one_more_image_and_offers_the_purge() {
        for (var name : List.of("one", "two", "three", "four", "five")) {
            recycled(name);
        }
        var image = golden();

        var refused = delete(image);

        assertThat(codes(refused)).containsExactly(Code.BIN_QUOTA);
        assertThat(violations(refused).getFirst().detail())
                .contains("has 5 images")
                .contains("?purge=true");
        assertThat(service.image(image.id())).isEqualTo(image);
    }

    @Test
    void it_is_neither_changed_shared_copied_nor_used() {
        var image = recycled("golden");
        var id = image.id().value();

        assertThat(codes(service.modifying().modify(OWNER, id, Modifications.rename("silver"))))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(codes(service.sharing.share(OWNER, id, FRIEND.account().value())))
                .containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(codes(service.copy(OWNER, image))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        var used = service.using().create(OWNER, id, HOME.name(), null);
        assertThat(codes(used)).containsExactly(Code.INCORRECT_IMAGE_STATUS);
        assertThat(violations(used).getFirst().detail()).contains("/restore");
        assertThat(codes(app.forApi().systemDisks().download(OWNER, id))).containsExactly(Code.INCORRECT_IMAGE_STATUS);
    }

    @Test
    void a_new_version_does_not_reuse_its_parts() {
        var image = golden();
        var versions = new Versions(service.images);
        var partSize = image.content().checksum().partSizeBytes();
        assertThat(versions.newestLike(image, HOME, partSize)).isEmpty();
        var copy = service.copying(image);
        service.finish(copy);
        var made = service.made(copy);
        assertThat(versions.newestLike(image, made.region(), partSize)).contains(made);

        recycled(made);

        assertThat(versions.newestLike(image, made.region(), partSize)).isEmpty();
    }

    @Test
    void the_sweeper_leaves_its_snapshot_alone() {
        var image = recycled("golden");
        service.passes(Duration.ofDays(2));

        assertThat(app.forEvents().sweepOrphans().found(HOME, service.now())).isEmpty();
        assertThat(image.hasBytes()).isTrue();
    }
}
