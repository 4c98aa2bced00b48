package imageferry.local.prove;

import java.util.concurrent.CountDownLatch;

/** Interrupts a thread when the process is to end (Ctrl-C, SIGTERM), and holds the process until the thread has removed everything. */
final class EndOnCtrlC implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread worker;
    private final Thread hook = new Thread(this::endWorker, "remove-everything");

    private EndOnCtrlC(Thread worker) {
        this.worker = worker;
    }

    static EndOnCtrlC of(Thread worker) {
        var guard = new EndOnCtrlC(worker);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    private void endWorker() {
        worker.interrupt();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs already, and ends now.
            return;
        }
    }
}
