package imageferry.local.prove;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs that note each command and answer by its words. A command without an answer succeeds and prints nothing. */
final class RecordedPrograms implements Programs {
    static final Result NO_STACK = new Result(254, "", "Stack with id prove-a1b2c3 does not exist");
    static final Result NO_PARAMETER = new Result(254, "", "An error occurred (ParameterNotFound)");

    private final Map<String, Result> answers = new LinkedHashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    RecordedPrograms() {
        answer("get-caller-identity", "111111111111\n");
        answers.put("describe-stacks", NO_STACK);
        answers.put("ssm get-parameter", NO_PARAMETER);
        answers.put("sam list stack-outputs", NO_STACK);
    }

    /** Replaces the answer to commands with these words; a later call wins. */
    void answer(String words, String output) {
        answer(words, new Result(0, output, ""));
    }

    void answer(String words, Result result) {
        answers.remove(words);
        answers.put(words, result);
    }

    @Override
    public Result run(Map<String, String> environment, List<String> command) {
        var text = String.join(" ", command);
        commands.add(text);
        var answer = new Result(0, "", "");
        for (var known : answers.entrySet()) {
            if (text.contains(known.getKey())) {
                answer = known.getValue();
            }
        }
        return answer;
    }

    @Override
    public Result runUnlogged(List<String> command) {
        secrets.add(String.join(" ", command));
        return run(Map.of(), command);
    }

    /** The commands whose output is not logged. */
    List<String> secrets() {
        return secrets;
    }

    /** The commands that change anything. */
    List<String> changes() {
        return commands.stream()
                .filter(command -> !command.matches("(aws \\S+ (describe|get|list)|sam list)\\S*\\b.*"))
                .toList();
    }
}
