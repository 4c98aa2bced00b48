package imageferry.local.machine.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One state, named by its key in the flow. */
public sealed interface State {
    /** Calls a function; with a token it then waits for that token's answer. */
    record Task(Call call, Handling handling, OutputProcessing processing, Successor next) implements State {}

    /** Continues with the state of the first option whose condition is true. */
    record Choice(List<Option> options, Optional<String> otherwise, OutputProcessing processing) implements State {}

    /** Runs a flow for each item. */
    record MapState(Items items, Flow processor, Handling handling, OutputProcessing processing, Successor next)
            implements State {}

    /** Passes its input on, processed. */
    record Pass(OutputProcessing processing, Successor next) implements State {}

    /** Waits. */
    record Wait(ValueTemplate seconds, OutputProcessing processing, Successor next) implements State {}

    /** Ends the flow with success. */
    record Succeed(OutputProcessing processing) implements State {}

    /** Ends the flow with an error. */
    record Fail(Optional<ValueTemplate> error, Optional<ValueTemplate> cause) implements State {}

    /** A function call; {@code timeout} in seconds. */
    record Call(
            boolean withToken, ValueTemplate functionName, ValueTemplate payload, Optional<ValueTemplate> timeout) {}

    /** The items of a Map; {@code concurrency} 0 means the maximum of an inline Map. */
    record Items(ValueTemplate items, Optional<ValueTemplate> selector, ValueTemplate concurrency) {}

    /** One choice rule. */
    record Option(ValueTemplate condition, String next, OutputProcessing processing) {}

    /** The output of a state and the variables that it sets. Both see the variables as they were on entry. */
    record OutputProcessing(Optional<ValueTemplate> output, Map<String, ValueTemplate> assign) {
        public OutputProcessing {
            assign = Map.copyOf(assign);
        }
    }

    /** The next state; absent at the end of the flow. */
    record Successor(Optional<String> state) {}

    /** Error handling of a state. */
    record Handling(List<Retrier> retriers, List<Catcher> catchers) {
        public Handling {
            retriers = List.copyOf(retriers);
            catchers = List.copyOf(catchers);
        }
    }
}
