package imageferry.copying.ending;

import static imageferry.copying.InMemoryService.HOME;
import static imageferry.copying.InMemoryService.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import imageferry.copying.Copy;
import imageferry.copying.CopyStatus;
import imageferry.copying.InMemoryService;
import imageferry.copying.RecordedExecutions;
import imageferry.copying.request.ImportUpload;
import imageferry.copying.request.UploadEvent;
import imageferry.image.Quota;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An upload that asked for its import is found by the sweeper when its event was lost. */
class LostUploadsTest {
    private static final Map<String, String> ASKS = Map.of("imageferry-name", "golden", "imageferry-format", "raw");

    private final InMemoryService service = new InMemoryService();
    private final SweepCopies sweeper = service.sweeping(new RecordedExecutions());
    private final Blob upload = new Blob(HOME, "imports/" + OWNER.account() + "/golden.img");

    private void put(int seed, Map<String, String> tags) {
        service.store.put(upload, Bytes.random(seed, 1_000));
        service.store.tag(upload, tags);
    }

    private int importedAfter(Duration time) {
        service.passes(time);
        var report = sweeper.sweep(service.now());
        assertThat(report.failures()).isEmpty();
        return report.copies().imported();
    }

    private List<Copy> imports() {
        return service.copies.importsOf(upload, 10);
    }

    private UploadEvent event() {
        return new UploadEvent(upload, service.store.look(upload).orElseThrow().eTag(), 1_000, "the event");
    }

    @Test
    void it_is_imported_once_after_some_minutes() {
        put(1, ASKS);
        assertThat(importedAfter(Duration.ofMinutes(9))).isZero();

        assertThat(importedAfter(Duration.ofHours(1))).isEqualTo(1);
        assertThat(service.images.quota(OWNER.account(), HOME)).isEqualTo(new Quota(1, 1, 0));

        assertThat(importedAfter(Duration.ofHours(1))).isZero();
        assertThat(imports()).hasSize(1);
    }

    @Test
    void its_event_may_still_come() {
        put(1, ASKS);
        var event = event();
        assertThat(importedAfter(Duration.ofMinutes(11))).isEqualTo(1);
        var copy = imports().getFirst().id();
        var importing = service.requesting(service.ledger).importUpload();

        assertThat(importing.handle(event)).isEqualTo(new ImportUpload.Outcome.Importing(copy));

        service.finish(copy);
        service.store.delete(upload);
        assertThat(importing.handle(event)).isEqualTo(new ImportUpload.Outcome.Importing(copy));
        assertThat(imports()).hasSize(1);
    }

    @Test
    void an_upload_that_asked_for_nothing_is_left_alone() {
        put(1, Map.of("team", "platform"));

        assertThat(importedAfter(Duration.ofMinutes(11))).isZero();
        assertThat(imports()).isEmpty();
    }

    @Test
    void a_refusal_is_reported_once() {
        put(1, Map.of("imageferry-name", "1x"));

        assertThat(importedAfter(Duration.ofMinutes(11))).isEqualTo(1);
        assertThat(imports())
                .singleElement()
                .satisfies(copy -> assertThat(copy.status()).isEqualTo(CopyStatus.FAILED));
        assertThat(service.store.tags(upload)).containsKey("imageferry-refused");

        assertThat(importedAfter(Duration.ofHours(1))).isZero();
        assertThat(imports()).hasSize(1);
    }

    @Test
    void an_upload_whose_event_came_is_not_imported_again() {
        put(1, ASKS);
        service.requesting(service.ledger).importUpload().handle(event());

        assertThat(importedAfter(Duration.ofMinutes(11))).isZero();
        assertThat(imports()).hasSize(1);
    }

    @Test
    void a_later_upload_of_the_same_key_is_imported_too() {
        put(1, ASKS);
        importedAfter(Duration.ofMinutes(11));
        service.passes(Duration.ofMinutes(1));
        put(2, ASKS);

        assertThat(importedAfter(Duration.ofHours(1))).isEqualTo(1);
        assertThat(imports()).hasSize(2);
    }

    @Test
    void an_upload_of_ten_days_ago_is_too_old() {
        put(1, ASKS);

        assertThat(importedAfter(Duration.ofDays(10))).isZero();
    }
}
