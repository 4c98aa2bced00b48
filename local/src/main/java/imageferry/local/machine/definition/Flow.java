package imageferry.local.machine.definition;

import java.util.Map;
import java.util.Optional;

/** Connected states, beginning at {@code startAt}: a whole machine, or a Map's processor. */
public record Flow(String startAt, Map<String, State> states) {
    public Flow {
        states = Map.copyOf(states);
    }

    public Optional<State> state(String name) {
        return Optional.ofNullable(states.get(name));
    }
}
