package imageferry.local.machine.definition;

/** Reads an inline Map. */
final class MapReader {
    private MapReader() {}

    static State.MapState read(DefinitionFields fields) {
        var items = fields.requiredTemplate("Items", Scope.ENTERING);
        if (items instanceof ValueTemplate.Members
                || (items instanceof ValueTemplate.Literal(var value) && !value.isArray() && !value.isNull())) {
            fields.findings.add(fields.path("Items"), "Expected a list or an expression.");
        }
        var selector = fields.template("ItemSelector", Scope.ENTERING);
        var concurrency =
                fields.numberOrExpression("MaxConcurrency", 0).orElseGet(() -> new ValueTemplate.Literal(Json.node(0)));
        return new State.MapState(
                new State.Items(items, selector.orElse(null), concurrency),
                processor(fields.object("ItemProcessor")),
                HandlingReader.read(fields),
                PartReader.processing(fields, Scope.DONE),
                PartReader.next(fields));
    }

    private static Flow processor(DefinitionFields fields) {
        fields.value("ProcessorConfig").ifPresent(value -> {
            var config = new DefinitionFields(fields.path("ProcessorConfig"), value, fields.findings);
            if (!config.text("Mode").equals("INLINE")) {
                fields.findings.add(config.path("Mode"), "Only INLINE is known to this runner.");
            }
            config.refuseRest();
        });
        var flow = new FlowReader(true).read(fields);
        fields.refuseRest();
        return flow;
    }
}
