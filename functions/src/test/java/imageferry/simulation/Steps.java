package imageferry.simulation;

import imageferry.function.BatchTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The surroundings of a path through the states: its time and its functions. */
interface Steps {
    /** Runs the step after the delay between two states. */
    void soon(Runnable step);

    /** Runs the step after a random time. */
    void afterAtMost(long micros, Runnable step);

    /** Returns whether the execution has ended before this state. */
    boolean stops(String state);

    /**
     * Calls a task's function.
     *
     * @param place distinguishes the path from the others of its execution
     * @param batch of the Map's iteration; null outside the Map
     * @param error that led to this task; null if none did
     * @param heard receives the task's end, perhaps more than once
     */
    void invoke(
            Machine.Task task,
            String place,
            @Nullable BatchTask batch,
            Outcome.@Nullable Failed error,
            Consumer<Outcome> heard);
}
