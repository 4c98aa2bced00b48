package imageferry.simulation;

import imageferry.snapshot.PartBatch;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of one function, or of one request. Its random choices follow from its name alone, so that removing another
 * invocation changes nothing here.
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

    /** @param endsAt the end of its time limit, in microseconds */
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

    /** The source of its delays and faults. */
    SplittableRandom chance() {
        return chance;
    }

    /** The source of its ids. */
    RandomGenerator ids() {
        return ids;
    }

    /** Returns whether the running code was started by the code under test itself, in parallel with other such code. */
    boolean isBeside() {
        return Thread.currentThread() != first;
    }

    /** The number of its next call of a port, from 1. */
    int nextCall() {
        return ++calls;
    }

    /** The number of its calls of ports so far. */
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
     * Returns whether one of its streams may get a busy store. Only few streams are left then, so none waits for a
     * lower concurrency limit: a thread of the JDK ends such a wait at an undefined time.
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
