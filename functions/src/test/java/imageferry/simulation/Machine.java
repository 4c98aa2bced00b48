package imageferry.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shipped state machine, or the inside of its Map, reduced to the order of its steps. */
record Machine(String startAt, Map<String, State> states) {
    State state(String name) {
        return Optional.ofNullable(states.get(name)).orElseThrow(() -> new IllegalStateException("No state " + name));
    }

    sealed interface State {}

    /**
     * Calls a function.
     *
     * @param parks whether it ends when its token returns, not when the function answers
     * @param keeps the components of the answer that the next states see
     * @param next the next state
     * @param caught the next state after its final failure; absent when that fails everything
     */
    record Task(
            String name,
            String function,
            boolean parks,
            int timeoutSeconds,
            List<Retrier> retriers,
            List<String> keeps,
            String next,
            Optional<String> caught)
            implements State {}

    /** The retries: the waits between attempts, in seconds, and their number. */
    record Retrier(List<String> errors, double interval, double rate, double longest, int most) {
        boolean takes(String error) {
            return errors.contains(error)
                    || errors.contains("States.ALL")
                    || (errors.contains("States.TaskFailed") && !error.equals("States.Timeout"));
        }

        /** @param tries the number of failed attempts, from 1 */
        double longestWait(int tries) {
            return Math.min(longest, interval * Math.pow(rate, tries - 1.0));
        }
    }

    /** Chooses by earlier answers. */
    record Choice(String name, List<Branch> branches, Optional<String> otherwise) implements State {}

    /** @param error replaces the error for the next states; absent keeps it */
    record Branch(Expression condition, String next, Optional<String> error) {}

    /** Runs its inside once for each batch, in parallel. */
    record Each(String name, Machine inside, String next, String caught) implements State {}

    record Succeed() implements State {}

    record Fail() implements State {}
}
