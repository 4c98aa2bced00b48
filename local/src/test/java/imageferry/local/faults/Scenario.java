package imageferry.local.faults;

import java.util.function.Function;

/**
 * One use case, and its preparation.
 *
 * @param prepared prepares the records and returns the use case's call, which a caller or the workflow repeats after a
 *     crash
 */
record Scenario(String name, Function<ScenarioRun, Runnable> prepared) {
    @Override
    public String toString() {
        return name;
    }
}
