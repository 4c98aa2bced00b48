package imageferry.copying.request;

import static imageferry.copying.InMemoryService.AWAY;
import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Copies;
import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.Reason;
import imageferry.copying.request.ImportUpload.Outcome;
import imageferry.id.CopyId;
import imageferry.image.Image;
import imageferry.image.ImageName;
import imageferry.image.ImageStatus;
import imageferry.image.Labels;
import imageferry.image.Quota;
import imageferry.ledger.BeforeCommit;
import imageferry.ledger.Ledger;
import imageferry.region.Regions;
import imageferry.rule.Code;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A key is written repeatedly, and its events arrive in any order, late and twice. The last upload counts. */
class UploadsInAnyOrderTest {
    private static final Map<String, String> ASKS = Map.of("imageferry-name", "golden", "imageferry-format", "raw");

    private final InMemoryService service = new InMemoryService();
    private final Blob upload = new Blob(HOME, Regions.importPrefix(OWNER.account()) + "golden.img");
    private final ImportUpload importing = importing(service.ledger);
    private int versions;

    private ImportUpload importing(Ledger ledger) {
        return service.requesting(ledger).importUpload();
    }

    @Test
    void an_upload_replaces_an_unfinished_import_of_its_key() {
        var first = importing(importing.handle(put(1, ASKS)));
        service.begin(first);
        var second = importing(importing.handle(put(2, ASKS)));

        assertThat(second).isNotEqualTo(first);
        assertThat(service.copies.require(first).status()).isEqualTo(CopyStatus.FAILING);
        assertThat(reason(first).code()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(reason(first).detail()).contains(second.value());
        assertThat(holder()).isEqualTo(service.made(second));

        assertThat(settled(first)).isEqualTo(CopyStatus.FAILED);
        service.finish(second);

        assertThat(service.made(first).status()).isEqualTo(ImageStatus.CREATE_FAILED);
        assertThat(service.made(second).status()).isEqualTo(ImageStatus.AVAILABLE);
        assertThat(service.store.read(service.made(second).blob()))
                .isEqualTo(Bytes.random(2, 1_000).copy());
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 0, 0));
    }

    @Test
    void an_upload_replaces_a_failed_import_that_is_not_settled_yet() {
        var first = importing(importing.handle(put(1, ASKS)));
        var next = put(2, ASKS);
        decided(first);

        var second = importing(importing.handle(next));

        assertThat(reason(first).detail()).isEqualTo("overwritten");
        assertThat(settled(first)).isEqualTo(CopyStatus.FAILED);
        service.finish(second);
        assertThat(holder()).isEqualTo(service.made(second));
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 0, 0));
    }

    @Test
    void an_upload_takes_the_name_of_an_ended_import() {
        var first = importing(importing.handle(put(1, ASKS)));
        decided(first);
        settled(first);

        var second = importing(importing.handle(put(2, ASKS)));

        assertThat(holder()).isEqualTo(service.made(second));
    }

    @Test
    void an_upload_is_refused_after_an_earlier_one_became_the_image() {
        var first = importing(importing.handle(put(1, ASKS)));
        service.finish(first);
        var before = service.images.quota(OWNER.account(), HOME);

        var refused = refused(importing.handle(put(2, ASKS)));

        assertThat(refused.reason().code()).isEqualTo(Code.IMAGE_NAME_DUPLICATED.toString());
        assertThat(holder()).isEqualTo(service.made(first));
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(before);
        assertThat(service.store.tags(upload).get("imageferry-refused"))
                .isEqualTo(
                        "InvalidImageName.Duplicated: You already have an image named golden in us-east-1 choose another"
                                + " name");
    }

    @Test
    void each_of_three_uploads_replaces_the_previous_one() {
        var first = importing(importing.handle(put(1, ASKS)));
        var second = importing(importing.handle(put(2, ASKS)));
        var third = importing(importing.handle(put(3, ASKS)));

        settled(first);
        service.finish(third);
        settled(second);

        assertThat(holder()).isEqualTo(service.made(third));
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 0, 0));
        assertThat(service.copies.require(first).status()).isEqualTo(CopyStatus.FAILED);
        assertThat(service.copies.require(second).status()).isEqualTo(CopyStatus.FAILED);
    }

    @Test
    void an_event_after_that_of_a_later_upload_gets_a_failed_copy() {
        var earlier = put(1, ASKS);
        var later = put(2, ASKS);

        var second = importing(importing.handle(later));
        var first = refused(importing.handle(earlier));

        assertThat(first.reason().code()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(service.copies.require(first.copy()).pinned().eTag()).isEqualTo(earlier.eTag());
        assertThat(service.copies.require(second).status()).isEqualTo(CopyStatus.WAITING);
        assertThat(service.store.tags(upload))
                .as("the later upload was not refused")
                .isEqualTo(ASKS);
    }

    @Test
    void a_repeated_event_leads_to_the_same_copy_in_any_state() {
        var earlier = put(1, ASKS);
        var first = importing(importing.handle(earlier));
        var later = put(2, ASKS);
        var second = importing(importing.handle(later));
        var third = refused(importing.handle(put(3, Map.of("imageferry-name", "1x"))));
        var once = service.ledger.contents();

        assertThat(importing(importing.handle(earlier))).isEqualTo(first);
        assertThat(importing(importing.handle(later))).isEqualTo(second);
        assertThat(importing.handle(new UploadEvent(upload, third(), 1_000, "v3")))
                .isEqualTo(third);
        assertThat(service.ledger.contents()).isEqualTo(once);
    }

    private String third() {
        return service.store.look(upload).orElseThrow().eTag();
    }

    @Test
    void equal_bytes_and_labels_join_the_running_import_and_others_replace_it() {
        var landing = put(1, ASKS);
        var first = importing(importing.handle(landing));

        var again = importing.handle(new UploadEvent(upload, landing.eTag(), 1_000, "uploaded again"));
        assertThat(importing(again)).isEqualTo(first);

        var described = new HashMap<>(ASKS);
        described.put("imageferry-description", "Another one");
        service.store.tag(upload, described);
        var other = importing(importing.handle(new UploadEvent(upload, landing.eTag(), 1_000, "and again")));
        assertThat(other).isNotEqualTo(first);
        assertThat(service.made(other).labels().description()).isEqualTo("Another one");
        assertThat(service.copies.require(first).status()).isEqualTo(CopyStatus.FAILING);
    }

    @Test
    void replacing_an_import_needs_no_room_in_the_quotas() {
        for (var i = 1; i < service.limits.copiesPerRegion(); i++) {
            service.importing("other-" + i, 100);
        }
        importing(importing.handle(put(1, ASKS)));

        var second = importing(importing.handle(put(2, ASKS)));

        assertThat(holder()).isEqualTo(service.made(second));
        assertThat(service.images.quota(OWNER.account(), HOME).runningCopies())
                .isEqualTo(service.limits.copiesPerRegion());
    }

    @Test
    void an_upload_replaces_an_import_that_a_request_started() {
        put(1, Map.of());
        var request = new RequestImport.Request(
                HOME.name(), new ImageName("golden"), upload.key(), InMemoryService.ANY_BYTES, Labels.NONE, null);
        var first = InMemoryService.accepted(service.requestImport().request(OWNER, request));

        var second = importing(importing.handle(put(2, ASKS)));

        assertThat(service.copies.require(first).status()).isEqualTo(CopyStatus.FAILING);
        assertThat(holder()).isEqualTo(service.made(second));
    }

    @Test
    void an_upload_does_not_replace_the_import_of_another_key() {
        var first = service.importing("golden", 100);

        var refused = refused(importing.handle(put(2, ASKS)));

        assertThat(refused.reason().code()).isEqualTo(Code.IMAGE_NAME_DUPLICATED.toString());
        assertThat(service.copies.require(first).status()).isEqualTo(CopyStatus.WAITING);
    }

    @Test
    void an_import_that_ends_just_before_its_replacement_gives_its_name_back_first() {
        var first = importing(importing.handle(put(1, ASKS)));
        decided(first);
        var next = put(2, ASKS);

        var overtaken = importing(new BeforeCommit(service.ledger, () -> settled(first)));

        assertThat(holder(importing(overtaken.handle(next)))).isTrue();
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 1, 0));
    }

    @Test
    void an_import_that_is_replaced_just_before_its_end_gives_nothing_back() {
        var first = importing(importing.handle(put(1, ASKS)));
        decided(first);
        var next = put(2, ASKS);

        var overtaken = new BeforeCommit(service.ledger, () -> importing.handle(next));
        assertThat(service.settling(overtaken).settle(first, InMemoryService.OUTAGE))
                .isEqualTo(CopyStatus.FAILED);

        assertThat(holder().madeBy()).isNotEqualTo(first);
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 1, 0));
    }

    @Test
    void the_same_event_twice_at_the_same_moment_leads_to_one_copy() {
        importing(importing.handle(put(1, ASKS)));
        var next = put(2, ASKS);
        var other = new Outcome[1];

        var overtaken = importing(new BeforeCommit(service.ledger, () -> other[0] = importing.handle(next)));

        assertThat(overtaken.handle(next)).isEqualTo(other[0]);
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 1, 0));
    }

    private UploadEvent put(int seed, Map<String, String> words) {
        service.store.put(upload, Bytes.random(seed, 1_000));
        service.store.tag(upload, words);
        versions++;
        return new UploadEvent(upload, service.store.look(upload).orElseThrow().eTag(), 1_000, "v" + versions);
    }

    private void decided(CopyId copy) {
        service.ledger.commit(List.of(Copies.decided(
                service.copies.require(copy),
                CopyStatus.FAILING,
                new Reason(Reason.SOURCE_CHANGED, "overwritten"),
                "workflow",
                service.now())));
    }

    private CopyStatus settled(CopyId copy) {
        return service.settling.settle(copy, InMemoryService.OUTAGE);
    }

    private Reason reason(CopyId copy) {
        return Objects.requireNonNull(service.copies.require(copy).reason());
    }

    private Image holder() {
        return service.images
                .holder(OWNER.account(), HOME, new ImageName("golden"))
                .map(service::image)
                .orElseThrow();
    }

    private boolean holder(CopyId copy) {
        return holder().madeBy().equals(copy);
    }

    private static CopyId importing(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Importing(var copy) -> copy;
            case Outcome other -> throw new AssertionError("Not imported: " + other);
        };
    }

    private static Outcome.Refused refused(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused;
            case Outcome other -> throw new AssertionError("Not refused: " + other);
        };
    }

    @Test
    void an_upload_that_goes_while_it_is_looked_at_imports_nothing() {
        var event = put(1, ASKS);
        var looks = service.store.faults().count(Call.LOOK);
        service.store.faults().before(Call.LOOK, number -> {
            if (number == looks + 2) {
                service.store.delete(upload);
            }
        });

        assertThat(importing.handle(event)).isEqualTo(new Outcome.Nothing());
    }

    @Test
    void an_event_that_comes_again_after_the_upload_is_gone_leads_to_the_same_copy() {
        var event = put(1, ASKS);
        var first = importing(importing.handle(event));
        service.store.delete(upload);

        assertThat(importing(importing.handle(event))).isEqualTo(first);
    }

    @Test
    void an_upload_to_a_region_that_was_disabled_is_refused() {
        var disabled = service.requestingIn(AWAY).importUpload();

        assertThat(refused(disabled.handle(put(1, ASKS))).reason().code()).isEqualTo(Code.INVALID_REGION.toString());
    }
}
