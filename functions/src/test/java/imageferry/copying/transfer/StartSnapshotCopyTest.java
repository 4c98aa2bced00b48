package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.TestClock;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.StoreRefused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartSnapshotCopyTest {
    private static final Blob UPLOAD = new Blob(CopyScene.HOME, "imports/222222222222/disk.raw");

    private final TestClock clock = new TestClock();
    private final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    private final CopyScene scene = new CopyScene(store, clock);
    private Copy copy;

    @BeforeEach
    void aCopyOfThreeParts() {
        store.put(UPLOAD, Bytes.random(1, (int) (2 * CopyScene.PART) + 1));
        copy = scene.importing(UPLOAD);
    }

    @Test
    void it_opens_an_upload_records_it_and_plans_the_parts() {
        assertThat(scene.start(copy)).isEqualTo(new StepResult.Done<>(List.of(new PartBatch(1, 1, 3))));

        assertThat(store.uploads(copy.region(), copy.target().key()))
                .singleElement()
                .satisfies(upload ->
                        assertThat(upload.id()).isEqualTo(scene.now(copy).upload()));
    }

    @Test
    void the_object_says_whose_image_it_is() {
        scene.runAll(copy);

        assertThat(store.look(copy.target()).orElseThrow().metadata())
                .containsOnly(
                        entry("imageferry-owner", "222222222222"),
                        entry("imageferry-image", copy.image().value()),
                        entry("imageferry-copy", copy.id().value()),
                        entry("imageferry-name", "golden"),
                        entry("imageferry-family", "linux"),
                        entry("imageferry-format", "raw"),
                        entry("imageferry-part-bytes", Long.toString(CopyScene.PART)));
    }

    @Test
    void a_repeated_call_continues_with_the_same_upload() {
        scene.started(copy);
        var upload = scene.now(copy).upload();
        scene.started(copy);

        assertThat(scene.now(copy).upload()).isEqualTo(upload);
        assertThat(store.faults().count(Call.OPEN)).isEqualTo(1);
    }

    @Test
    void an_upload_that_was_opened_before_a_crash_but_not_recorded_is_found() {
        var upload = store.open(copy.target(), Map.of());

        scene.started(copy);

        assertThat(scene.now(copy).upload()).isEqualTo(upload);
        assertThat(store.faults().count(Call.OPEN)).isEqualTo(1);
    }

    @Test
    void two_calls_at_once_continue_with_the_upload_that_was_recorded_first() {
        var other = new AtomicBoolean();
        store.faults().before(Call.OPEN, number -> {
            if (other.compareAndSet(false, true)) {
                scene.started(copy);
            }
        });

        scene.started(copy);

        assertThat(store.faults().count(Call.OPEN)).isEqualTo(2);
        assertThat(store.uploads(copy.region(), ""))
                .extracting(OpenUpload::id)
                .containsExactly(scene.now(copy).upload());
    }

    @Test
    void an_upload_that_another_call_aborted_is_replaced() {
        scene.started(copy);
        store.abort(copy.target(), scene.now(copy).upload());

        scene.started(copy);

        assertThat(store.uploadedParts(copy.target(), scene.now(copy).upload())).isEmpty();
    }

    @Test
    void a_cancelled_copy_opens_nothing() {
        scene.cancel(copy);

        assertThat(scene.start(copy)).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(store.faults().count(Call.OPEN)).isZero();
    }

    @Test
    void a_copy_cancelled_while_its_upload_was_being_opened_leaves_none_behind() {
        store.faults().after(Call.OPEN, number -> scene.cancel(copy));

        assertThat(scene.start(copy)).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(store.uploads(copy.region(), "")).isEmpty();
    }

    @Test
    void an_overwritten_source_is_refused_with_both_versions() {
        store.put(UPLOAD, Bytes.random(2, 7));

        assertThat(reasonOf(scene.start(copy)).code()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(reasonOf(scene.start(copy)).detail())
                .isEqualTo("imports/222222222222/disk.raw in us-east-1 was overwritten: the request was for 10,485,761"
                        + " bytes with ETag \"e-1\", now it has 7 bytes with ETag \"e-2\"");
    }

    @Test
    void a_deleted_source_is_refused() {
        store.delete(UPLOAD);

        assertThat(reasonOf(scene.start(copy)))
                .isEqualTo(
                        new Reason(
                                Reason.SOURCE_CHANGED,
                                "imports/222222222222/disk.raw in us-east-1 is no longer there; copy another image, or upload and import the disk again"));
    }

    @Test
    void a_refusal_of_the_store_is_a_reason() {
        store.faults().before(Call.OPEN, number -> {
            throw new StoreRefused("S3 refused to open it: AccessDenied");
        });

        assertThat(reasonOf(scene.start(copy)))
                .isEqualTo(new Reason(Reason.STORE_REFUSED, "S3 refused to open it: AccessDenied"));
    }

    @Test
    void a_finished_object_needs_no_more_parts() {
        scene.runAll(copy);

        assertThat(scene.start(copy)).isEqualTo(new StepResult.Done<>(List.of()));
        assertThat(store.uploads(copy.region(), "")).isEmpty();
    }

    private static Reason reasonOf(StepResult<?> result) {
        return assertThat(result)
                .asInstanceOf(InstanceOfAssertFactories.type(StepResult.Refused.class))
                .actual()
                .reason();
    }
}
