package imageferry.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import imageferry.local.machine.definition.Bindings;
import imageferry.local.machine.definition.ErrorNames;
import imageferry.local.machine.definition.Flow;
import imageferry.local.machine.definition.State;
import imageferry.local.machine.definition.StateFailure;
import imageferry.local.machine.definition.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Goes from state to state of one flow until it ends. */
record Walk(Course course, Flow flow, Trail trail) {

    /** Enters the state, leaving a trail, and goes on to the end. */
    JsonNode from(Position start) throws InterruptedException {
        trail.entered(start);
        return resume(start);
    }

    /** Goes on from a state that the trail already knows. */
    JsonNode resume(Position here) throws InterruptedException {
        Position position = here;
        while (true) {
            Step step = visit(new Visit(course, position, trail, 0));
            if (step.next().isEmpty()) {
                return step.output();
            }
            position = new Position(
                    step.next().get(),
                    step.output(),
                    merged(position.variables(), step.assigned()),
                    course.now(),
                    Optional.empty());
            trail.entered(position);
        }
    }

    private Step visit(Visit visit) throws InterruptedException {
        String name = visit.position().state();
        State state = flow.state(name)
                .orElseThrow(() ->
                        new StateFailure(ErrorNames.RUNTIME, "The definition has no state '" + name + "' any more."));
        return switch (state) {
            case State.Task task -> new Attempts(task.handling()).run(visit, attempt -> Tasks.visit(task, attempt));
            case State.Each each -> new Attempts(each.handling()).run(visit, attempt -> Maps.visit(each, attempt));
            case State.Choice choice -> choose(choice, visit);
            case State.Pass pass -> shape(pass.shaping(), pass.next().state(), visit);
            case State.Pause pause -> pause(pause, visit);
            case State.Succeed succeed -> shape(succeed.shaping(), Optional.empty(), visit);
            case State.Fail fail ->
                throw new StateFailure(text(fail.error(), "Error", visit), text(fail.cause(), "Cause", visit));
        };
    }

    private static Step choose(State.Choice choice, Visit visit) {
        Bindings bindings = visit.bindings();
        for (State.Option option : choice.options()) {
            JsonNode holds = option.condition().evaluate(bindings);
            if (!holds.isBoolean()) {
                throw new StateFailure(
                        ErrorNames.QUERY_EVALUATION, "A Condition must be true or false, not " + holds + ".");
            }
            if (holds.booleanValue()) {
                return shape(option.shaping(), Optional.of(option.next()), visit);
            }
        }
        return choice.otherwise()
                .map(next -> shape(choice.shaping(), Optional.of(next), visit))
                .orElseThrow(() -> new StateFailure(
                        ErrorNames.NO_CHOICE_MATCHED,
                        "No Condition of '" + visit.position().state() + "' holds, and it has no Default."));
    }

    /** Counts from when the state was entered, so a restart does not make the wait longer. */
    private static Step pause(State.Pause pause, Visit visit) throws InterruptedException {
        int seconds = FunctionCall.seconds("Seconds", pause.seconds().evaluate(visit.bindings()), 0);
        Workers.sleepUntil(
                visit.position().enteredAt().plusSeconds(seconds),
                visit.course().surroundings().timers());
        return shape(pause.shaping(), pause.next().state(), visit);
    }

    private static Step shape(State.Shaping shaping, Optional<String> next, Visit visit) {
        return Shaper.shape(shaping, next, visit.bindings(), visit.position().input());
    }

    private static Optional<String> text(Optional<Template> template, String field, Visit visit) {
        return template.map(it -> it.evaluate(visit.bindings())).map(value -> {
            if (!value.isTextual()) {
                throw new StateFailure(ErrorNames.QUERY_EVALUATION, field + " must be a string, not " + value + ".");
            }
            return value.textValue();
        });
    }

    private static Map<String, JsonNode> merged(Map<String, JsonNode> before, Map<String, JsonNode> assigned) {
        Map<String, JsonNode> merged = new HashMap<>(before);
        merged.putAll(assigned);
        return merged;
    }
}
