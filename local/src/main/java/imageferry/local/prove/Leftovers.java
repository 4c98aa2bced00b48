package imageferry.local.prove;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The resources of a run outside of its stacks' control: finds them, and deletes them by force. A parameter in Systems
 * Manager, made before everything else and deleted after it, says that the name belongs to a run of {@code prove}.
 */
record Leftovers(Settings settings, Programs programs) {
    /** Marks the installation as one that may be removed by force. Refused if anything has its name. */
    void mark() throws IOException, InterruptedException {
        var found = found();
        if (!found.isEmpty()) {
            throw new IllegalStateException(
                    settings.installation() + " exists already: " + String.join(", ", found) + "; nothing was changed");
        }
        must(Leftover.aws(
                settings.home(),
                "ssm put-parameter --type String --value " + String.join(",", settings.regions()) + " --name "
                        + marker(settings.installation())));
    }

    void unmark() throws IOException, InterruptedException {
        must(Leftover.aws(settings.home(), "ssm delete-parameter --name " + marker(settings.installation())));
    }

    /** Returns the regions that a run noted, the home region first; none if no run has that name and home region. */
    List<String> markedRegions() throws IOException, InterruptedException {
        var command = Leftover.aws(
                settings.home(), "ssm get-parameter --query Parameter.Value --name " + marker(settings.installation()));
        var answer = programs.run(Map.of(), command);
        if (answer.succeeded()) {
            return List.of(answer.output().strip().split(",", -1));
        }
        if (!answer.errors().contains("ParameterNotFound")) {
            throw new IllegalStateException(answer.end());
        }
        return List.of();
    }

    private static String marker(String installation) {
        return "/" + installation + "/prove";
    }

    /** Returns the kinds of which anything exists. */
    List<String> found() throws IOException, InterruptedException {
        var found = new ArrayList<String>();
        for (var kind : Leftover.of(settings, account())) {
            if (!names(kind).isEmpty()) {
                found.add(kind.kind());
            }
        }
        return found;
    }

    /** Deletes everything that exists. A failed command is not reported: the resource is found again afterwards. */
    void delete() throws IOException, InterruptedException {
        for (var kind : Leftover.of(settings, account())) {
            for (var name : names(kind)) {
                delete(kind, name);
            }
        }
    }

    /**
     * A refused deletion of a stack is not waited for: that would end after an hour only. A refused deletion of a table may
     * mean that an earlier one is under way.
     */
    private void delete(Leftover kind, String name) throws IOException, InterruptedException {
        var accepted = true;
        for (var command : kind.delete()) {
            if (accepted || !command.contains("wait") || command.contains("table-not-exists")) {
                var words = command.stream().map(word -> word.replace(Leftover.NAME, name));
                accepted = programs.run(Map.of(), words.toList()).succeeded();
            }
        }
    }

    String account() throws IOException, InterruptedException {
        return must(Leftover.aws(settings.home(), "sts get-caller-identity --query Account"));
    }

    private List<String> names(Leftover kind) throws IOException, InterruptedException {
        var answer = programs.run(Map.of(), kind.find());
        if (!answer.succeeded() && !answer.errors().contains("does not exist")) {
            throw new IllegalStateException("Whether there is " + kind.kind() + " is not known: " + answer.end());
        }
        var text = answer.output().strip();
        return !answer.succeeded() || text.isEmpty() || text.equals("None")
                ? List.of()
                : List.of(text.split("\\s+", -1));
    }

    private String must(List<String> command) throws IOException, InterruptedException {
        var answer = programs.run(Map.of(), command);
        if (!answer.succeeded()) {
            throw new IllegalStateException(String.join(" ", command.subList(0, 3)) + ": " + answer.end());
        }
        return answer.output().strip();
    }
}
