package imageferry.copying;

/**
 * How many streams may be under way at once. It halves when the store pushes back, and grows by one for each round that
 * went well: waiting alone would bring all streams back at the same width.
 */
final class Lanes {
    private final int most;
    private int width;
    private int busy;
    private int calm;
    private int halvings;

    Lanes(int most) {
        this.most = most;
        this.width = most;
    }

    /** Waits for a free lane and takes it; the answer belongs to {@link #leave}. */
    synchronized int enter() throws InterruptedException {
        while (busy >= width) {
            wait();
        }
        busy++;
        return halvings;
    }

    /** @param pushedBack whether the store was too busy; streams that entered before the last halving say nothing new */
    synchronized void leave(int entered, boolean pushedBack) {
        busy--;
        if (!pushedBack) {
            calm++;
        } else if (entered == halvings) {
            width = Math.max(1, width / 2);
            calm = 0;
            halvings++;
        }
        if (calm >= width && width < most) {
            width++;
            calm = 0;
        }
        notifyAll();
    }

    synchronized int width() {
        return width;
    }
}
