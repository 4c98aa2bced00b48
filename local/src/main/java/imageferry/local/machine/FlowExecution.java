package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Flow;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import imageferry.local.machine.definition.ValueTemplate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one flow from state to state to its end. */
record FlowExecution(ExecutionContext context, Flow flow, History history) {
    /** Enters the state, records that, and runs to the end. */
    JsonNode from(StateEntry start) throws InterruptedException {
        history.entered(start);
        return resume(start);
    }

    /** Continues from a state that the history already has. */
    JsonNode resume(StateEntry here) throws InterruptedException {
        var entry = here;
        while (true) {
            var transition = run(new Attempt(context, entry, history, 0));
            if (transition.next() == null) {
                return transition.output();
            }
            entry = StateEntry.of(
                    transition.next(),
                    transition.output(),
                    merged(entry.variables(), transition.assigned()),
                    context.now());
            history.entered(entry);
        }
    }

    private Transition run(Attempt attempt) throws InterruptedException {
        var name = attempt.entry().state();
        var state = flow.state(name)
                .orElseThrow(() ->
                        new StateFailure(ErrorNames.RUNTIME, "The definition no longer has the state '" + name + "'."));
        return switch (state) {
            case State.Task task -> new Attempts(task.handling()).run(attempt, it -> Tasks.run(task, it));
            case State.MapState each -> new Attempts(each.handling()).run(attempt, it -> Maps.run(each, it));
            case State.Choice choice -> choose(choice, attempt);
            case State.Pass pass -> process(pass.processing(), pass.next().state(), attempt);
            case State.Wait pause -> pause(pause, attempt);
            case State.Succeed succeed -> process(succeed.processing(), null, attempt);
            case State.Fail fail ->
                throw new StateFailure(text(fail.error(), "Error", attempt), text(fail.cause(), "Cause", attempt));
        };
    }

    private static Transition choose(State.Choice choice, Attempt attempt) {
        var bindings = attempt.bindings();
        for (var option : choice.options()) {
            var holds = option.condition().evaluate(bindings);
            if (!holds.isBoolean()) {
                throw new StateFailure(
                        ErrorNames.QUERY_EVALUATION, "A Condition must be true or false, not " + holds + ".");
            }
            if (holds.booleanValue()) {
                return process(option.processing(), option.next(), attempt);
            }
        }
        if (choice.otherwise() == null) {
            throw new StateFailure(
                    ErrorNames.NO_CHOICE_MATCHED,
                    "No Condition of '" + attempt.entry().state() + "' holds, and it has no Default.");
        }
        return process(choice.processing(), choice.otherwise(), attempt);
    }

    /** The wait counts from the entry into the state, so a restart does not prolong it. */
    private static Transition pause(State.Wait pause, Attempt attempt) throws InterruptedException {
        var seconds = FunctionCall.seconds("Seconds", pause.seconds().evaluate(attempt.bindings()), 0);
        Workers.sleepUntil(
                attempt.entry().enteredAt().plusSeconds(seconds),
                attempt.context().environment().timers());
        return process(pause.processing(), pause.next().state(), attempt);
    }

    private static Transition process(State.OutputProcessing processing, @Nullable String next, Attempt attempt) {
        return OutputProcessor.process(
                processing, next, attempt.bindings(), attempt.entry().input());
    }

    private static @Nullable String text(@Nullable ValueTemplate template, String field, Attempt attempt) {
        if (template == null) {
            return null;
        }
        var value = template.evaluate(attempt.bindings());
        if (!value.isTextual()) {
            throw new StateFailure(ErrorNames.QUERY_EVALUATION, field + " must be a string, not " + value + ".");
        }
        return value.textValue();
    }

    private static Map<String, JsonNode> merged(Map<String, JsonNode> before, Map<String, JsonNode> assigned) {
        var merged = new HashMap<String, JsonNode>(before);
        merged.putAll(assigned);
        return merged;
    }
}
