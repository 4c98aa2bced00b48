package imageferry.local.machine.definition;

/** Reads a Task: a call of a Lambda function, plain or with a task token. */
record TaskReader(boolean insideMap) {
    private static final String INVOKE = "arn:aws:states:::lambda:invoke";
    private static final String WAIT_FOR_TOKEN = INVOKE + ".waitForTaskToken";

    State.Task read(DefinitionFields fields) {
        return new State.Task(
                call(fields),
                HandlingReader.read(fields),
                PartReader.processing(fields, Scope.DONE),
                PartReader.next(fields));
    }

    private State.Call call(DefinitionFields fields) {
        var resource = fields.text("Resource");
        var withToken = resource.equals(WAIT_FOR_TOKEN);
        if (!withToken && !resource.equals(INVOKE)) {
            fields.findings.add(fields.path("Resource"), "The resource " + resource + " is not known to this runner.");
        }
        if (withToken && insideMap) {
            // A Map starts over its items after a restart, which would lose the tokens that were handed out.
            fields.findings.add(fields.path("Resource"), "A task token inside a Map is not known to this runner.");
        }
        var timeout = fields.numberOrExpression("TimeoutSeconds", 1);
        var arguments = fields.object("Arguments");
        var function = arguments.requiredTemplate("FunctionName", Scope.ENTERING);
        if (!PartReader.isText(function)) {
            fields.findings.add(arguments.path("FunctionName"), "Expected a string or an expression.");
        }
        var payload = arguments.requiredTemplate("Payload", Scope.ENTERING);
        arguments.refuseRest();
        return new State.Call(withToken, function, payload, timeout.orElse(null));
    }
}
