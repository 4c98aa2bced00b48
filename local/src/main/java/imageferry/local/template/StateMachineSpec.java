package imageferry.local.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The state machine: its definition file, the values of the file's {@code ${…}}, and the rights of its role. */
public record StateMachineSpec(
        String logicalId, String arn, Path definition, Map<String, String> substitutions, List<Statement> statements) {
    public StateMachineSpec {
        substitutions = Map.copyOf(substitutions);
        statements = List.copyOf(statements);
    }
}
