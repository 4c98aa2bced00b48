package imageferry.local.faults;

import java.util.function.Function;

/**
 * One use case, and what was before it.
 *
 * @param prepared plays the past and answers the act; the act is also what a caller, or the workflow, does again after a
 *     crash
 */
record Act(String name, Function<Stage, Runnable> prepared) {
    @Override
    public String toString() {
        return name;
    }
}
