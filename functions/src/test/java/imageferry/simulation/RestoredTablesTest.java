package imageferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many histories whose table is restored to an earlier moment in the end. */
@Tag("slow")
final class RestoredTablesTest {
    private static final int HISTORIES = 500;
    private static final int MONTH = 30;

    @BeforeEach
    void thisJdkLetsTestsScheduleThreads() {
        Assumptions.assumeTrue(VirtualThreads.available(), VirtualThreads.WHAT_IS_NEEDED);
    }

    @Test
    void a_restored_table_deletes_no_bytes_of_any_image_until_it_is_confirmed() {
        never(restored -> {
            restored.mark();
            restored.cancelSome();
            restored.sweepFor(MONTH);
        });
    }

    @Test
    void a_confirmed_restore_deletes_nothing_that_it_has_not_listed() {
        never(restored -> {
            restored.mark();
            restored.cancelSome();
            restored.sweepFor(1);
            restored.confirm();
        });
    }

    @Test
    void a_table_that_was_restored_without_a_mark_harms_no_image_for_six_days() {
        never(restored -> restored.sweepFor(6));
    }

    @Test
    void without_the_mark_a_month_is_too_long() {
        assertThat(firstBroken(restored -> restored.sweepFor(MONTH)))
                .get()
                .extracting(Verdict.Broken::rule)
                .isEqualTo("A restored table deletes no bytes of an image");
    }

    @Test
    void without_the_mark_a_cancel_is_too_early() {
        assertThat(firstBroken(restored -> {
                    restored.cancelSome();
                    restored.sweepFor(6);
                }))
                .isPresent();
    }

    private static void never(Consumer<RestoredTable> then) {
        firstBroken(then).ifPresent(broken -> fail(broken.toString()));
    }

    private static Optional<Verdict.Broken> firstBroken(Consumer<RestoredTable> then) {
        return LongStream.rangeClosed(1, HISTORIES)
                .mapToObj(seed -> History.restored(Plan.of(seed), then)
                        .map(broken -> new Verdict.Broken(broken.rule(), broken.how() + " in history " + seed)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
