package imageferry.local.machine.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One state, named by its key in the flow. */
public sealed interface State {
    /** Calls a function; with a token it then waits for that token's answer. */
    record Task(Call call, Handling handling, OutputProcessing processing, Successor next) implements State {}

    /** Continues with the state of the first option whose condition is true. */
    record Choice(List<Option> options, @Nullable String otherwise, OutputProcessing processing) implements State {}

    record MapState(Items items, Flow processor, Handling handling, OutputProcessing processing, Successor next)
            implements State {}

    /** Passes its input on, processed. */
    record Pass(OutputProcessing processing, Successor next) implements State {}

    record Wait(ValueTemplate seconds, OutputProcessing processing, Successor next) implements State {}

    record Succeed(OutputProcessing processing) implements State {}

    record Fail(@Nullable ValueTemplate error, @Nullable ValueTemplate cause) implements State {
        static Fail unnamed() {
            return new Fail(null, null);
        }
    }

    /** A function call; {@code timeout} in seconds. */
    record Call(
            boolean withToken,
            ValueTemplate functionName,
            ValueTemplate payload,
            @Nullable ValueTemplate timeout) {}

    /** The items of a Map; {@code concurrency} 0 means the maximum of an inline Map. */
    record Items(ValueTemplate items, @Nullable ValueTemplate selector, ValueTemplate concurrency) {}

    record Option(ValueTemplate condition, String next, OutputProcessing processing) {}

    /** The output of a state and the variables that it sets. Both see the variables as they were on entry. */
    record OutputProcessing(@Nullable ValueTemplate output, Map<String, ValueTemplate> assign) {
        public OutputProcessing {
            assign = Map.copyOf(assign);
        }
    }

    /** The next state; null at the end of the flow. */
    record Successor(@Nullable String state) {}

    record Handling(List<Retrier> retriers, List<Catcher> catchers) {
        public Handling {
            retriers = List.copyOf(retriers);
            catchers = List.copyOf(catchers);
        }
    }
}
