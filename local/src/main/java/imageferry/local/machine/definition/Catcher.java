package imageferry.local.machine.definition;

import java.util.List;

/** The next state and its input after certain errors. */
public record Catcher(List<String> errors, String next, State.OutputProcessing processing) {
    public Catcher {
        errors = List.copyOf(errors);
    }
}
