package imageferry.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shipped state machine, or the inside of its Map, as far as the order of things goes. */
record Machine(String startAt, Map<String, State> states) {
    State state(String name) {
        return Optional.ofNullable(states.get(name)).orElseThrow(() -> new IllegalStateException("No state " + name));
    }

    sealed interface State {}

    /**
     * Calls a function.
     *
     * @param parks whether it ends when its token comes back, not when the function answers
     * @param keeps the components of the answer that the next states see
     * @param next where it leads
     * @param caught where it leads when it failed for good; absent when that fails all
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

    /** Waits between tries, in seconds, and how many there are. */
    record Retrier(List<String> errors, double interval, double rate, double longest, int most) {
        boolean takes(String error) {
            return errors.contains(error)
                    || errors.contains("States.ALL")
                    || (errors.contains("States.TaskFailed") && !error.equals("States.Timeout"));
        }

        /** @param tries how many have failed, from 1 */
        double longestWait(int tries) {
            return Math.min(longest, interval * Math.pow(rate, tries - 1.0));
        }
    }

    /** Goes by what earlier answers said. */
    record Choice(String name, List<Branch> branches, Optional<String> otherwise) implements State {}

    /** @param error what is passed on as the error that led there; absent keeps what there is */
    record Branch(Expression condition, String next, Optional<String> error) {}

    /** Runs its inside once for each batch, side by side. */
    record Each(String name, Machine inside, String next, String caught) implements State {}

    record Succeed() implements State {}

    record Fail() implements State {}
}
