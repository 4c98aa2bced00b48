package imageferry.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Asks the store several things at once: each costs a round trip, some of them to another continent, and none needs
 * another's answer. Closing it waits for all that were asked.
 */
public final class SideBySide implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Asks now. The returned supplier waits for the answer, or throws the exception of the question. */
    public <T> Supplier<T> ask(Supplier<T> question) {
        var asked = threads.submit(question::get);
        return () -> answer(asked);
    }

    /** The answers in the order of the questions. */
    public static <T> List<T> all(List<Supplier<T>> questions) {
        if (questions.size() == 1) {
            return List.of(questions.getFirst().get());
        }
        try (var together = new SideBySide()) {
            var asked = questions.stream().map(together::ask).toList();
            var answers = new ArrayList<T>();
            asked.forEach(answer -> answers.add(answer.get()));
            return answers;
        }
    }

    private static <T> T answer(Future<T> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while the store was asked", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
