package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.copying.Copy;
import imageferry.copying.CopyScene;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.copying.TestClock;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import imageferry.snapshot.Checksum;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.InMemorySnapshotStore;
import imageferry.snapshot.StoreUnavailable;
import imageferry.snapshot.UploadGone;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompleteSnapshotCopyTest {
    private static final Blob UPLOAD = new Blob(CopyScene.HOME, "imports/222222222222/disk.raw");

    private final TestClock clock = new TestClock();
    private final InMemorySnapshotStore store = new InMemorySnapshotStore(clock);
    private final CopyScene scene = new CopyScene(store, clock);
    private final Bytes disk = Bytes.random(1, (int) (2 * CopyScene.PART) + 1);
    private Checksum original;
    private Copy copy;

    @BeforeEach
    void aCopyOfAnImportedDiskWithAllPartsThere() {
        store.put(UPLOAD, disk);
        var imported = scene.importing(UPLOAD);
        original = scene.runAll(imported);
        copy = scene.copying(imported.target(), CopyScene.PART, CopyScene.FAR);
        scene.started(copy).forEach(batch -> scene.copyParts(copy, batch));
    }

    @Test
    void the_copy_has_the_sources_bytes_and_checksum() {
        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Done<>(original));

        assertThat(store.read(copy.target())).isEqualTo(disk.copy());
        assertThat(scene.now(copy).transfer().checksum()).isEqualTo(original);
        assertThat(store.uploads(copy.region(), "")).isEmpty();
    }

    @Test
    void a_flipped_bit_is_found_before_the_object_is_made() {
        store.flipNextCopyOf(2);
        store.copyPart(scene.part(copy, 2));

        assertThat(corrupt())
                .startsWith("The upload is not the source's copy: part 2 has the SHA-256 ")
                .contains(" instead of ");
        assertThat(store.look(copy.target())).isEmpty();
    }

    @Test
    void a_part_copied_again_after_the_list_makes_the_store_refuse_completion() {
        store.faults().before(Call.COMPLETE, number -> {
            store.flipNextCopyOf(2);
            store.copyPart(scene.part(copy, 2));
        });

        assertThat(corrupt()).startsWith("The upload is not the source's copy: part 2 has the SHA-256 ");
        assertThat(store.look(copy.target())).isEmpty();
    }

    @Test
    void a_missing_part_is_found() {
        var fresh = scene.copying(copy.source().blob(), CopyScene.PART, CopyScene.FAR);
        scene.started(fresh);
        store.copyPart(scene.part(fresh, 1));
        copy = fresh;

        assertThat(corrupt())
                .isEqualTo("The upload is not the source's copy: expected 3 parts with a SHA-256, found 1");
    }

    @Test
    void a_part_without_a_checksum_is_never_accepted() {
        store.forgetChecksums();
        store.copyPart(scene.part(copy, 3));

        assertThat(corrupt()).isEqualTo("The upload is not the source's copy: part 3 has no SHA-256");
    }

    @Test
    void a_source_that_proves_nothing_proves_no_copy() {
        var plain = new Blob(CopyScene.HOME, "snapshots/plain");
        store.put(plain, disk);
        copy = scene.copying(plain, CopyScene.PART, CopyScene.FAR);
        scene.started(copy).forEach(batch -> scene.copyParts(copy, batch));

        assertThat(corrupt())
                .isEqualTo(
                        "The source snapshots/plain in us-east-1 cannot be verified: expected 3 parts with a SHA-256,"
                                + " found 0");
    }

    @Test
    void another_object_of_that_key_is_never_accepted_as_the_copy() {
        store.put(copy.target(), Bytes.random(9, disk.length()));

        assertThat(corrupt()).contains("expected 3 parts with a SHA-256, found 0");
    }

    @Test
    void a_lost_answer_is_resolved_by_reading_the_object() {
        store.faults().after(Call.COMPLETE, number -> {
            throw new StoreUnavailable("The connection broke");
        });

        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Done<>(original));
        assertThat(store.faults().count(Call.COMPLETE)).isEqualTo(2);
    }

    @Test
    void an_answer_lost_in_a_crash_is_resolved_by_the_next_call() {
        store.complete(
                copy.target(),
                scene.now(copy).upload(),
                store.uploadedParts(copy.target(), scene.now(copy).upload()),
                copy.bytesTotal());

        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Done<>(original));
    }

    @Test
    void the_object_of_another_completion_is_checked() {
        store.faults().after(Call.COMPLETE, number -> {
            throw new UploadGone("Completed by another call");
        });

        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Done<>(original));
    }

    @Test
    void an_unavailable_store_is_an_outage_and_the_next_call_continues() {
        store.faults().before(Call.COMPLETE, number -> {
            if (number == 2) {
                throw new StoreUnavailable("SlowDown");
            }
        });

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> scene.complete(copy));
        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Done<>(original));
    }

    @Test
    void an_upload_that_vanished_is_a_reason() {
        store.abort(copy.target(), scene.now(copy).upload());

        assertThat(scene.complete(copy)).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(Reason.UPLOAD_GONE);
        });
    }

    @Test
    void a_cancelled_copy_is_not_completed() {
        store.faults().after(Call.UPLOADED_PARTS, number -> scene.cancel(copy));

        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(store.look(copy.target())).isEmpty();
    }

    @Test
    void a_copy_cancelled_while_it_was_being_completed_is_not_proven() {
        store.faults().after(Call.COMPLETE, number -> scene.cancel(copy));

        assertThat(scene.complete(copy)).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(scene.now(copy).transfer().checksum()).isNull();
    }

    @Test
    void an_upload_that_was_opened_twice_is_removed() {
        store.open(copy.target(), Map.of());

        scene.complete(copy);

        assertThat(store.uploads(copy.region(), "")).isEmpty();
    }

    private String corrupt() {
        var result = scene.complete(copy);
        assertThat(result).isInstanceOf(StepResult.Corrupt.class);
        var reason = ((StepResult.Corrupt<Checksum>) result).reason();
        assertThat(reason.code()).isEqualTo(Reason.CORRUPT);
        return reason.detail();
    }
}
