package imageferry.local.machine.definition;

import java.util.ArrayList;
import java.util.List;

/** Reads Retry and Catch. */
final class HandlingReader {
    private HandlingReader() {}

    static State.Handling read(DefinitionFields fields) {
        var retriers = new ArrayList<Retrier>();
        fields.objects("Retry").forEach(retrier -> retriers.add(retrier(retrier)));
        var catchers = new ArrayList<Catcher>();
        fields.objects("Catch").forEach(catcher -> catchers.add(catcher(catcher)));
        wildcardLast(fields, "Retry", retriers.stream().map(Retrier::errors).toList());
        wildcardLast(fields, "Catch", catchers.stream().map(Catcher::errors).toList());
        return new State.Handling(retriers, catchers);
    }

    private static Retrier retrier(DefinitionFields fields) {
        fields.optionalText("Comment");
        var backoff = new Retrier.Backoff(
                fields.number("IntervalSeconds", 1).orElse(1),
                rate(fields),
                fields.number("MaxDelaySeconds", 1).orElse(null),
                jitter(fields));
        var retrier = new Retrier(
                fields.texts("ErrorEquals"), fields.number("MaxAttempts", 0).orElse(3), backoff);
        fields.refuseRest();
        return retrier;
    }

    private static double rate(DefinitionFields fields) {
        var rate = fields.value("BackoffRate").orElseGet(() -> Json.node(2));
        if (!rate.isNumber() || rate.doubleValue() < 1) {
            fields.findings.add(fields.path("BackoffRate"), "Expected a number from 1.0, found " + rate + ".");
        }
        return rate.doubleValue();
    }

    private static boolean jitter(DefinitionFields fields) {
        var strategy = fields.optionalText("JitterStrategy").orElse("NONE");
        if (!strategy.equals("FULL") && !strategy.equals("NONE")) {
            fields.findings.add(fields.path("JitterStrategy"), "Expected FULL or NONE, found " + strategy + ".");
        }
        return strategy.equals("FULL");
    }

    private static Catcher catcher(DefinitionFields fields) {
        fields.optionalText("Comment");
        var catcher = new Catcher(
                fields.texts("ErrorEquals"), fields.text("Next"), PartReader.processing(fields, Scope.CAUGHT));
        fields.refuseRest();
        return catcher;
    }

    private static void wildcardLast(DefinitionFields fields, String name, List<List<String>> errors) {
        for (var i = 0; i < errors.size(); i++) {
            var all = errors.get(i).contains(ErrorNames.ALL);
            if (all && (errors.get(i).size() > 1 || i < errors.size() - 1)) {
                fields.findings.add(fields.path(name), "States.ALL stands alone and last.");
            }
        }
    }
}
