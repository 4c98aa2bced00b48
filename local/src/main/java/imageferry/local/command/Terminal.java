package imageferry.local.command;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Prints lines on its own thread, so that a paused terminal blocks no other thread. A line is dropped when the queue is full,
 * and when the process ends before it is printed.
 */
final class Terminal implements Consumer<String> {
    static final int WAITING = 256;

    private final Consumer<String> print;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("terminal").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    /** @param print may block without end */
    Terminal(Consumer<String> print) {
        this.print = print;
    }

    @Override
    public void accept(String line) {
        thread.execute(() -> print.accept(line));
    }
}
