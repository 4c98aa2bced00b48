package imageferry.simulation;

import imageferry.snapshot.PartBatch;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of one function, or of one request. What it draws by chance follows from its name alone, so that leaving out
 * another invocation changes nothing here.
 */
final class Invocation {
    private final String name;
    private final SplittableRandom chance;
    private final RandomGenerator ids;
    private final long endsAt;
    private @Nullable Thread first;
    private boolean dead;
    private int calls;
    private int underWay;
    private int pushBacks;

    /** @param endsAt when its time is over, in microseconds */
    Invocation(long seed, String name, long endsAt) {
        this.name = name;
        this.chance = Seeds.random(seed, name);
        this.ids = Seeds.random(seed, name + " ids");
        this.endsAt = endsAt;
    }

    void begin(Thread thread) {
        first = thread;
        thread.start();
    }

    String name() {
        return name;
    }

    /** What decides on its delays and faults. */
    SplittableRandom chance() {
        return chance;
    }

    /** What its ids are made of. */
    RandomGenerator ids() {
        return ids;
    }

    /** Whether the code that runs now was started by the code under test itself, side by side with other such code. */
    boolean isBeside() {
        return Thread.currentThread() != first;
    }

    /** The number of its next call of a port, from 1. */
    int nextCall() {
        return ++calls;
    }

    /** How many calls of ports it has made. */
    int calls() {
        return calls;
    }

    void goes() {
        underWay++;
    }

    void comesBack() {
        underWay--;
    }

    /**
     * Whether one of its streams may be told that the store is busy: only while so few are left that none has to wait for
     * a narrower lane. Such a wait is ended by a thread of the JDK's own, whenever that gets to it.
     */
    boolean bearsPushBack() {
        if (underWay >= PartBatch.STREAMS >> (pushBacks + 1)) {
            return false;
        }
        pushBacks++;
        return true;
    }

    void die() {
        dead = true;
    }

    boolean deadAt(long time) {
        return dead || timeOver(time);
    }

    boolean timeOver(long time) {
        return time > endsAt;
    }

    @Override
    public String toString() {
        return name;
    }
}
