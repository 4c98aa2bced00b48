package imageferry.local.machine.definition;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state machine's definition, understood completely. */
public record Machine(Flow flow, @Nullable Duration timeout) {
    /**
     * Reads a definition in YAML or JSON.
     *
     * @param substitutions the value of each <code>${Name}</code>, as in the template's DefinitionSubstitutions
     * @throws UnsupportedDefinition with every finding, if it holds anything that the runner does not know
     */
    public static Machine read(String definition, Map<String, String> substitutions) {
        return MachineReader.read(definition, substitutions);
    }
}
