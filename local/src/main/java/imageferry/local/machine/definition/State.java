package imageferry.local.machine.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One state, named by its key in the flow. */
public sealed interface State {

    /** Calls a function; with a token it then waits until that token is answered. */
    record Task(Call call, Handling handling, Shaping shaping, Successor next) implements State {}

    /** Follows the first option whose condition holds. */
    record Choice(List<Option> options, Optional<String> otherwise, Shaping shaping) implements State {}

    /** Sends each item through a flow of its own. */
    record Each(Items items, Flow processor, Handling handling, Shaping shaping, Successor next) implements State {}

    /** Shapes its input. */
    record Pass(Shaping shaping, Successor next) implements State {}

    /** Lets time pass. */
    record Pause(Template seconds, Shaping shaping, Successor next) implements State {}

    /** Ends the flow well. */
    record Succeed(Shaping shaping) implements State {}

    /** Ends the flow with an error. */
    record Fail(Optional<Template> error, Optional<Template> cause) implements State {}

    /** Which function to call with what; {@code timeout} in seconds. */
    record Call(boolean withToken, Template functionName, Template payload, Optional<Template> timeout) {}

    /** What a Map runs over: {@code concurrency} 0 means as many at once as inline Maps may have. */
    record Items(Template items, Optional<Template> selector, Template concurrency) {}

    /** One way out of a Choice. */
    record Option(Template condition, String next, Shaping shaping) {}

    /** What a state hands on, and which variables it sets; all of it sees the variables as they were on entry. */
    record Shaping(Optional<Template> output, Map<String, Template> assign) {

        public Shaping {
            assign = Map.copyOf(assign);
        }
    }

    /** Where a state leads; nowhere at the end of its flow. */
    record Successor(Optional<String> state) {}

    /** What a state does about its errors. */
    record Handling(List<Retrier> retriers, List<Catcher> catchers) {

        public Handling {
            retriers = List.copyOf(retriers);
            catchers = List.copyOf(catchers);
        }
    }
}
