package imageferry.local.machine.definition;

import java.util.LinkedHashMap;

/** Reads {@code StartAt} and {@code States}, of a machine or of a Map's processor. */
record FlowReader(boolean insideMap) {
    Flow read(DefinitionFields fields) {
        var startAt = fields.text("StartAt");
        var states = fields.object("States");
        var read = new LinkedHashMap<String, State>();
        for (var name : states.names()) {
            if (name.length() > 80) {
                states.findings.add(states.path(name), "A state's name has at most 80 characters.");
            }
            read.put(name, state(states.object(name)));
        }
        return new Flow(startAt, read);
    }

    private State state(DefinitionFields fields) {
        fields.optionalText("Comment");
        fields.optionalText("QueryLanguage")
                .filter(language -> !language.equals("JSONata"))
                .ifPresent(language ->
                        fields.findings.add(fields.path("QueryLanguage"), "Only JSONata is known to this runner."));
        var type = fields.text("Type");
        var state = switch (type) {
            case "Task" -> new TaskReader(insideMap).read(fields);
            case "Choice" -> PartReader.choice(fields);
            case "Map" -> MapReader.read(fields);
            case "Pass" -> new State.Pass(PartReader.processing(fields, Scope.ENTERING), PartReader.next(fields));
            case "Wait" ->
                new State.Wait(seconds(fields), PartReader.processing(fields, Scope.ENTERING), PartReader.next(fields));
            case "Succeed" -> new State.Succeed(PartReader.output(fields));
            case "Fail" -> new State.Fail(PartReader.textual(fields, "Error"), PartReader.textual(fields, "Cause"));
            default -> unknown(fields, type);
        };
        fields.refuseRest();
        return state;
    }

    private static ValueTemplate seconds(DefinitionFields fields) {
        return fields.numberOrExpression("Seconds", 0).orElseGet(() -> {
            fields.findings.add(fields.path, "Seconds is missing; no other kind of Wait is known to this runner.");
            return ValueTemplateReader.NOTHING;
        });
    }

    private static State unknown(DefinitionFields fields, String type) {
        fields.findings.add(fields.path("Type"), "The state type " + type + " is not known to this runner.");
        fields.names().forEach(fields::value);
        return State.Fail.unnamed();
    }
}
