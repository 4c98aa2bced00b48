package imageferry.local.machine.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds unknown names in an expression, so that they fail at the start and not hours into a copy. */
final class Vocabulary {
    /**
     * JSONata's own functions, with exceptions. Left out are those that give another answer each time ($now, $millis,
     * $random, $shuffle: a resumed state must compute the same value again), $eval, which Step Functions lacks, and those
     * that Step Functions adds.
     */
    private static final Set<String> FUNCTIONS = Set.of(
            "abs average append assert base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis join keys length lookup lowercase map match max merge min not number pad parseInteger power reduce replace reverse round sift single sort split spread sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase zip"
                    .split(" "));

    private static final Set<String> CONTEXT = Set.of(
            "Execution",
            "Execution.Id",
            "Execution.Input",
            "Execution.Name",
            "Execution.StartTime",
            "State",
            "State.EnteredTime",
            "State.Name",
            "State.RetryCount",
            "StateMachine",
            "StateMachine.Id",
            "StateMachine.Name",
            "Task",
            "Task.Token",
            "Map",
            "Map.Item",
            "Map.Item.Index",
            "Map.Item.Value");

    /** Members that may hold a deeper path of the user's own. */
    private static final Pattern OPEN_ENDED = Pattern.compile("(Execution\\.Input|Map\\.Item\\.Value)\\..*");

    private static final Pattern QUOTED =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CALLED = Pattern.compile("\\$([A-Za-z_]\\w*)\\s*\\(");
    private static final Pattern MEMBER = Pattern.compile("\\$states\\s*\\.\\s*([A-Za-z_]\\w*)");
    private static final Pattern CONTEXT_PATH =
            Pattern.compile("\\$states\\.context\\.([A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*)");

    private Vocabulary() {}

    /** Returns a finding for each name in the expression that does not exist. */
    static List<String> strangersIn(String expression, Scope scope) {
        var text = QUOTED.matcher(expression).replaceAll("''");
        var strangers = new ArrayList<String>();
        CALLED.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !FUNCTIONS.contains(name) && !definedIn(text, name))
                .forEach(name -> strangers.add("The function $" + name + " is not known to this runner."));
        MEMBER.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(member -> !scope.has(member))
                .forEach(member -> strangers.add("$states." + member + " does not exist here."));
        CONTEXT_PATH
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(path ->
                        !CONTEXT.contains(path) && !OPEN_ENDED.matcher(path).matches())
                .forEach(path -> strangers.add("$states.context." + path + " is not known to this runner."));
        return strangers;
    }

    private static boolean definedIn(String text, String name) {
        return Pattern.compile("\\$" + name + "\\s*:=|function\\s*\\([^)]*\\$" + name + "\\b")
                .matcher(text)
                .find();
    }
}
