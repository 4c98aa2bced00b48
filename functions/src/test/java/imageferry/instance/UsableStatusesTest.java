package imageferry.instance;

import static imageferry.copying.InMemoryService.FRIEND;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static imageferry.copying.InMemoryService.STRANGER;
import static imageferry.copying.InMemoryService.accepted;
import static imageferry.copying.InMemoryService.codes;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.InMemoryService;
import imageferry.image.Image;
import imageferry.image.ImageStatus;
import imageferry.image.Images;
import imageferry.ledger.Change;
import imageferry.ledger.Condition;
import imageferry.ledger.Write;
import imageferry.removal.DeleteImage;
import imageferry.rule.Code;
import imageferry.rule.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 8: the uses of an image in each status. Rule 12: an image that is being deleted is visible to nobody. */
class UsableStatusesTest {
    private final InMemoryService service = new InMemoryService();
    private final UseImages using = service.using();
    private final SystemDisks disks =
            new SystemDisks(service.images, service.visible, service.store, Duration.ofHours(1), service.clock);
    private final Instance instance =
            accepted(using.create(OWNER, service.image("other").id().value(), HOME.name(), null));
    private final Image image = service.image("golden");
    private final String id = image.id().value();

    @ParameterizedTest
    @CsvSource(textBlock = """
            Waiting,      create,   IncorrectImageStatus
            Waiting,      replace,  IncorrectImageStatus
            Waiting,      download, IncorrectImageStatus
            Waiting,      copy,     IncorrectImageStatus
            Waiting,      share,    IncorrectImageStatus
            Creating,     create,   IncorrectImageStatus
            Creating,     replace,  IncorrectImageStatus
            Creating,     download, IncorrectImageStatus
            Creating,     copy,     IncorrectImageStatus
            Creating,     share,    IncorrectImageStatus
            Available,    create,   accepted
            Available,    replace,  accepted
            Available,    download, accepted
            Available,    copy,     accepted
            Available,    share,    accepted
            Deprecated,   create,   accepted
            Deprecated,   replace,  accepted
            Deprecated,   download, accepted
            Deprecated,   copy,     IncorrectImageStatus
            Deprecated,   share,    IncorrectImageStatus
            UnAvailable,  create,   IncorrectImageStatus
            UnAvailable,  replace,  IncorrectImageStatus
            UnAvailable,  download, IncorrectImageStatus
            UnAvailable,  copy,     IncorrectImageStatus
            UnAvailable,  share,    IncorrectImageStatus
            CreateFailed, create,   IncorrectImageStatus
            CreateFailed, replace,  IncorrectImageStatus
            CreateFailed, download, IncorrectImageStatus
            CreateFailed, copy,     IncorrectImageStatus
            CreateFailed, share,    IncorrectImageStatus
            Recycled,     create,   IncorrectImageStatus
            Recycled,     replace,  IncorrectImageStatus
            Recycled,     download, IncorrectImageStatus
            Recycled,     copy,     IncorrectImageStatus
            Recycled,     share,    IncorrectImageStatus
            Deleting,     create,   InvalidImageId.NotFound
            Deleting,     replace,  InvalidImageId.NotFound
            Deleting,     download, InvalidImageId.NotFound
            Deleting,     copy,     InvalidImageId.NotFound
            Deleting,     share,    InvalidImageId.NotFound
            """)
    void each_status_allows_the_operations_of_the_table(String status, String use, String outcome) {
        change("status", ImageStatus.of(status));

        assertThat(outcome(used(use))).isEqualTo(outcome);
    }

    @Test
    void the_table_has_every_status() {
        assertThat(ImageStatus.values())
                .extracting(ImageStatus::toString)
                .containsExactly(
                        "Waiting",
                        "Creating",
                        "Available",
                        "Deprecated",
                        "UnAvailable",
                        "CreateFailed",
                        "Recycled",
                        "Deleting");
    }

    @Test
    void an_instance_of_a_deprecated_image_keeps_its_disk() {
        var running = accepted(using.create(OWNER, id, HOME.name(), null));

        change("status", ImageStatus.DEPRECATED);

        assertThat(disks.of(running)).isPresent();
    }

    @Test
    void an_image_that_loses_its_status_meanwhile_is_not_used() {
        var slow = new UseImages(
                service.ledger,
                service.images,
                service.visible,
                new Instances(service.ledger),
                service.requests,
                service.regions,
                () -> {
                    change("status", ImageStatus.DELETING);
                    return service.now();
                },
                service.ids);

        assertThat(codes(slow.create(OWNER, id, HOME.name(), null))).containsExactly(Code.IMAGE_NOT_FOUND);
        assertThat(service.image(image.id()).uses().instanceCount()).isZero();
    }

    @Test
    void a_public_image_is_usable_for_everybody_and_changed_only_by_its_owner() {
        change("publication", Image.Publication.PUBLIC);

        accepted(using.create(STRANGER, id, HOME.name(), null));
        accepted(disks.download(STRANGER, id));
        assertThat(codes(service.copy(STRANGER, image))).containsExactly(Code.PUBLIC_IMAGE);
        assertThat(codes(service.sharing.share(STRANGER, id, FRIEND.account().value())))
                .containsExactly(Code.NOT_OWNER);
        assertThat(codes(deleting().delete(STRANGER, id, true))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void a_shared_image_is_used_by_its_recipient_and_not_changed() {
        accepted(service.sharing.share(OWNER, id, FRIEND.account().value()));

        accepted(using.create(FRIEND, id, HOME.name(), null));
        accepted(disks.download(FRIEND, id));
        assertThat(codes(service.copy(FRIEND, image))).containsExactly(Code.SHARED_IMAGE);
        assertThat(codes(service.sharing.share(FRIEND, id, STRANGER.account().value())))
                .containsExactly(Code.NOT_OWNER);
        assertThat(codes(deleting().delete(FRIEND, id, true))).containsExactly(Code.NOT_OWNER);
    }

    @Test
    void a_withdrawn_share_ends_downloads_at_once() {
        accepted(service.sharing.share(OWNER, id, FRIEND.account().value()));
        accepted(service.sharing.unshare(OWNER, id, FRIEND.account().value()));

        assertThat(codes(disks.download(FRIEND, id))).containsExactly(Code.IMAGE_NOT_FOUND);
    }

    private Result<?> used(String use) {
        return switch (use) {
            case "create" -> using.create(OWNER, id, HOME.name(), null);
            case "replace" -> using.replaceSystemDisk(OWNER, instance.id().value(), id);
            case "download" -> disks.download(OWNER, id);
            case "copy" -> service.copy(OWNER, image);
            case "share" -> service.sharing.share(OWNER, id, FRIEND.account().value());
            default -> throw new AssertionError(use);
        };
    }

    private static String outcome(Result<?> result) {
        return result instanceof Result.Accepted<?>
                ? "accepted"
                : String.join(", ", codes(result).stream().map(Code::toString).toList());
    }

    private DeleteImage deleting() {
        return service.deleting();
    }

    private void change(String attribute, Object value) {
        service.ledger.commit(
                List.of(Write.update(Images.key(image.id()), Condition.exists(), Change.put(attribute, value))));
    }
}
