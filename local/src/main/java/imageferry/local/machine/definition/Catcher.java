package imageferry.local.machine.definition;

import java.util.List;

/** Where a state leads after certain errors, and what it hands on then. */
public record Catcher(List<String> errors, String next, State.Shaping shaping) {

    public Catcher {
        errors = List.copyOf(errors);
    }
}
