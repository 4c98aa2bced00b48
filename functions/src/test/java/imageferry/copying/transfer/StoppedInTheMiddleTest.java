package imageferry.copying.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imageferry.copying.Reason;
import imageferry.copying.StepResult;
import imageferry.snapshot.Faults.Call;
import imageferry.snapshot.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A cancel, the function's time limit and a vanished upload, while 40 parts are being copied. */
class StoppedInTheMiddleTest extends FortyParts {
    private final AtomicReference<Duration> left = new AtomicReference<>(Duration.ofMinutes(15));

    @Test
    void a_copy_cancelled_before_a_call_copies_nothing() {
        scene.cancel(copy);

        assertThat(call()).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(copied()).isZero();
    }

    @Test
    void a_copy_cancelled_after_the_parts_were_listed_copies_nothing() {
        store.faults().after(Call.UPLOADED_PARTS, number -> scene.cancel(copy));

        assertThat(call()).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(copied()).isZero();
    }

    @Test
    void once_cancelled_no_further_part_is_started() {
        afterTheFirstPart(() -> {
            scene.cancel(copy);
            clock.advance(Duration.ofSeconds(1));
        });

        assertThat(call()).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
        assertThat(copied()).isBetween(1, 32);
    }

    @Test
    void when_the_time_runs_low_the_started_parts_are_finished_and_another_call_continues() {
        afterTheFirstPart(() -> left.set(Duration.ofSeconds(19)));

        assertThat(call()).isEqualTo(new StepResult.Done<>(false));
        var first = copied();
        assertThat(first).isBetween(1, 32);
        assertThat(store.uploadedParts(copy.target(), scene.now(copy).upload())).hasSize(first);

        left.set(Duration.ofMinutes(15));
        assertThat(call()).isEqualTo(new StepResult.Done<>(true));
        assertThat(copied()).isEqualTo(PARTS);
    }

    @Test
    void a_part_that_would_not_be_done_in_time_is_not_started() {
        afterTheFirstPart(() -> {
            clock.advance(Duration.ofMinutes(2));
            left.set(Duration.ofMinutes(3));
        });

        assertThat(call()).isEqualTo(new StepResult.Done<>(false));
        assertThat(copied()).isBetween(1, 32);
    }

    @Test
    void parts_still_in_progress_in_the_last_moment_are_given_up() {
        var never = new CountDownLatch(1);
        store.faults().before(Call.COPY_PART, number -> {
            if (number == 2) {
                try {
                    left.set(Duration.ofSeconds(19));
                    never.await();
                } catch (InterruptedException e) {
                    throw new StoreUnavailable("Interrupted", e);
                }
            }
        });
        store.faults().after(Call.COPY_PART, number -> left.set(Duration.ofSeconds(4)));

        assertThat(call()).isEqualTo(new StepResult.Done<>(false));
        assertThat(never.getCount()).isEqualTo(1);
    }

    @Test
    void a_call_without_time_for_a_single_part_fails() {
        left.set(Duration.ofSeconds(10));

        assertThatExceptionOfType(StoreUnavailable.class)
                .isThrownBy(this::call)
                .withMessage("No part could be copied in the time of one call");
        assertThat(copied()).isZero();
    }

    @Test
    void an_upload_that_vanished_is_a_reason() {
        store.abort(copy.target(), scene.now(copy).upload());

        assertThat(call()).isInstanceOfSatisfying(StepResult.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(Reason.UPLOAD_GONE);
        });
    }

    @Test
    void an_upload_that_a_cancel_removed_is_not_a_reason() {
        afterTheFirstPart(() -> {
            scene.cancel(copy);
            store.abort(copy.target(), scene.now(copy).upload());
        });

        assertThat(call()).isEqualTo(new StepResult.Stopped<>(scene.now(copy)));
    }

    @Test
    void an_upload_that_became_the_object_leaves_nothing_to_copy() {
        scene.runAll(copy);

        assertThat(call()).isEqualTo(new StepResult.Done<>(true));
    }

    /** Before any other part may follow it. */
    private void afterTheFirstPart(Runnable event) {
        var happened = new AtomicBoolean();
        store.faults().after(Call.COPY_PART, number -> {
            synchronized (happened) {
                if (happened.compareAndSet(false, true)) {
                    event.run();
                }
            }
        });
    }

    private StepResult<Boolean> call() {
        return scene.copyParts(copy, ALL, left::get);
    }

    private int copied() {
        return store.faults().count(Call.COPY_PART);
    }
}
