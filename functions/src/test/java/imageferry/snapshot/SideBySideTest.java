package imageferry.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static <T> T asked(Supplier<T> question) {
        try (var together = new SideBySide()) {
            return together.ask(question).get();
        }
    }

    @Test
    void answers_have_the_order_of_their_questions_which_are_asked_at_once() {
        var all = new CountDownLatch(3);
        var questions = IntStream.range(0, 3)
                .<Supplier<Integer>>mapToObj(number -> () -> {
                    all.countDown();
                    awaited(all);
                    return number;
                })
                .toList();

        assertThat(SideBySide.all(questions)).containsExactly(0, 1, 2);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void a_single_question_is_asked_by_the_caller_itself() {
        var caller = Thread.currentThread();

        assertThat(SideBySide.all(List.of(Thread::currentThread))).containsExactly(caller);
    }

    @Test
    void a_failure_of_a_question_is_the_callers() {
        var failure = new StoreUnavailable("Out of reach");
        var error = new AssertionError("A defect");

        assertThatThrownBy(() -> asked(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> asked(() -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void an_interrupted_caller_learns_that_the_store_gave_no_answer_and_stays_interrupted() {
        var released = new CountDownLatch(1);
        try (var together = new SideBySide()) {
            var answer = together.ask(() -> {
                awaited(released);
                return "late";
            });
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(answer::get)
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessage("Interrupted while the store was asked");
                assertThat(Thread.interrupted()).isTrue();
            } finally {
                released.countDown();
            }
        }
    }
}
