package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.copying.CopyScene;
import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.PartBatch;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.StoreRefused;
import imageferry.snapshot.StoreUnavailable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CopySnapshotPartsTest extends FortyParts {
    @Test
    void it_copies_every_part_of_its_batch_and_counts_their_bytes() {
        assertThat(scene.copyParts(copy, ALL)).isEqualTo(new StepResult.Done<>(true));

        assertThat(uploaded()).isEqualTo(PARTS);
        assertThat(scene.progress(copy)).isEqualTo(copy.bytesTotal());
    }

    @Test
    void it_copies_nothing_of_another_batch() {
        scene.copyParts(copy, new PartBatch(2, 38, 40));

        assertThat(uploaded()).isEqualTo(3);
        assertThat(scene.progress(copy)).isEqualTo(2 * CopyScene.PART + 1);
    }

    @Test
    void it_has_at_most_32_parts_under_way() {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        // No part ends until the next one has to wait for it.
        var full = new CountDownLatch(PartBatch.STREAMS);
        store.faults().before(Call.COPY_PART, number -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            full.countDown();
            awaited(full);
        });
        store.faults().after(Call.COPY_PART, number -> underWay.decrementAndGet());

        scene.copyParts(copy, ALL);

        assertThat(most).hasValue(32);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new StoreUnavailable("Interrupted", stopped);
        }
    }

    @Test
    void a_repeated_call_copies_only_the_missing_parts() {
        scene.copyParts(copy, new PartBatch(1, 1, 30));
        scene.copyParts(copy, ALL);
        scene.copyParts(copy, ALL);

        assertThat(store.faults().count(Call.COPY_PART)).isEqualTo(PARTS);
        assertThat(scene.progress(copy)).isEqualTo(copy.bytesTotal());
    }

    @Test
    void a_part_of_the_wrong_size_is_copied_again() {
        var last = scene.part(copy, PARTS);
        var first = scene.part(copy, 1);
        store.copyPart(new PartCopy(
                last.source(),
                last.sourceETag(),
                last.target(),
                last.upload(),
                PARTS,
                first.sizeBytes(),
                first.range()));

        scene.copyParts(copy, ALL);

        assertThat(store.uploadedParts(copy.target(), scene.now(copy).upload())
                        .getLast()
                        .sizeBytes())
                .isEqualTo(1);
    }

    @Test
    void a_busy_store_is_tried_again_with_fewer_streams() {
        store.faults().before(Call.COPY_PART, number -> {
            if (number % 3 == 0) {
                throw new StoreUnavailable("SlowDown");
            }
        });

        assertThat(scene.copyParts(copy, ALL)).isEqualTo(new StepResult.Done<>(true));
    }

    @Test
    void a_lost_answer_is_requested_again() {
        store.faults().after(Call.COPY_PART, number -> {
            if (number == 5) {
                throw new StoreUnavailable("The connection broke");
            }
        });

        assertThat(scene.copyParts(copy, ALL)).isEqualTo(new StepResult.Done<>(true));
        assertThat(store.faults().count(Call.COPY_PART)).isEqualTo(PARTS + 1);
    }

    @Test
    void a_store_that_stays_busy_fails_the_call_after_a_few_tries() {
        store.faults().before(Call.COPY_PART, number -> {
            throw new StoreUnavailable("SlowDown");
        });

        assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> scene.copyParts(copy, ALL));
        assertThat(store.faults().count(Call.COPY_PART)).isBetween(6, 6 * PARTS);
    }

    @Test
    void a_store_that_becomes_busy_after_the_first_part_leads_to_another_call() {
        store.faults().before(Call.COPY_PART, number -> {
            if (number > 1) {
                throw new StoreUnavailable("SlowDown");
            }
        });

        assertThat(scene.copyParts(copy, ALL)).isEqualTo(new StepResult.Done<>(false));
        assertThat(scene.progress(copy)).isPositive();
    }

    @Test
    void a_source_overwritten_in_the_middle_ends_it_at_once() {
        store.faults().before(Call.COPY_PART, number -> {
            if (number == 35) {
                store.put(UPLOAD, DISK);
            }
        });

        assertThat(scene.copyParts(copy, ALL)).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(Reason.SOURCE_CHANGED);
        });
        assertThat(uploaded()).isLessThan(PARTS);
    }

    @Test
    void a_refusal_of_the_store_is_a_reason_and_is_not_tried_again() {
        store.faults().before(Call.COPY_PART, number -> {
            throw new StoreRefused("S3 refused to copy it: AccessDenied");
        });

        assertThat(scene.copyParts(copy, ALL))
                .isEqualTo(new StepResult.Refused<>(
                        new Reason(Reason.STORE_REFUSED, "S3 refused to copy it: AccessDenied")));
        assertThat(store.faults().count(Call.COPY_PART)).isLessThanOrEqualTo(32);
    }

    @Test
    void a_part_without_a_checksum_is_refused() {
        store.forgetChecksums();

        assertThat(scene.copyParts(copy, ALL)).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason().detail()).startsWith("The store gave no SHA-256 for part ");
        });
    }

    private int uploaded() {
        return store.uploadedParts(copy.target(), scene.now(copy).upload()).size();
    }
}
