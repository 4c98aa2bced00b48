package imageferry.local.machine.definition;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Checks a flow as a whole: every target exists, every state is reached, names and variables are unique. */
final class FlowRules {
    private final Findings findings;
    private final Set<String> names = new HashSet<>();

    FlowRules(Findings findings) {
        this.findings = findings;
    }

    void check(Flow flow) {
        check(flow, Set.of());
    }

    private void check(Flow flow, Set<String> outerVariables) {
        target(flow, "StartAt", flow.startAt());
        flow.states().forEach((name, state) -> {
            if (!names.add(name)) {
                findings.add(name, "Another state of this machine has the same name.");
            }
            targets(state).forEach(next -> target(flow, name, next));
        });
        unreached(flow).forEach(name -> findings.add(name, "No state leads here."));
        var variables = new HashSet<String>(outerVariables);
        flow.states().values().stream()
                .flatMap(FlowRules::outputProcessing)
                .forEach(processing -> processing.assign().keySet().forEach(variable -> {
                    if (outerVariables.contains(variable)) {
                        findings.add(variable, "A variable inside a Map has the same name as one outside.");
                    }
                    variables.add(variable);
                }));
        flow.states().values().stream()
                .filter(State.MapState.class::isInstance)
                .map(State.MapState.class::cast)
                .forEach(each -> check(each.processor(), variables));
    }

    private void target(Flow flow, String from, String name) {
        if (!flow.states().containsKey(name)) {
            findings.add(from, "The state " + name + " does not exist.");
        }
    }

    private static Set<String> unreached(Flow flow) {
        var unreached = new LinkedHashSet<String>(flow.states().keySet());
        var open = new ArrayDeque<String>();
        open.add(flow.startAt());
        while (!open.isEmpty()) {
            var name = open.remove();
            if (unreached.remove(name)) {
                flow.state(name).stream().flatMap(FlowRules::targets).forEach(open::add);
            }
        }
        return unreached;
    }

    private static Stream<String> targets(State state) {
        return switch (state) {
            case State.Task task -> Stream.concat(Stream.ofNullable(task.next().state()), caught(task.handling()));
            case State.MapState each ->
                Stream.concat(Stream.ofNullable(each.next().state()), caught(each.handling()));
            case State.Choice choice ->
                Stream.concat(choice.options().stream().map(State.Option::next), Stream.ofNullable(choice.otherwise()));
            case State.Pass pass -> Stream.ofNullable(pass.next().state());
            case State.Wait pause -> Stream.ofNullable(pause.next().state());
            case State.Succeed succeed -> Stream.empty();
            case State.Fail fail -> Stream.empty();
        };
    }

    private static Stream<String> caught(State.Handling handling) {
        return handling.catchers().stream().map(Catcher::next);
    }

    private static Stream<State.OutputProcessing> outputProcessing(State state) {
        return switch (state) {
            case State.Task task -> Stream.concat(Stream.of(task.processing()), onCatch(task.handling()));
            case State.MapState each -> Stream.concat(Stream.of(each.processing()), onCatch(each.handling()));
            case State.Choice choice ->
                Stream.concat(
                        Stream.of(choice.processing()),
                        choice.options().stream().map(State.Option::processing));
            case State.Pass pass -> Stream.of(pass.processing());
            case State.Wait pause -> Stream.of(pause.processing());
            case State.Succeed succeed -> Stream.empty();
            case State.Fail fail -> Stream.empty();
        };
    }

    private static Stream<State.OutputProcessing> onCatch(State.Handling handling) {
        return handling.catchers().stream().map(Catcher::processing);
    }
}
