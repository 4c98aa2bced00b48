package imageferry.local.machine.definition;

import java.util.List;

/** A definition that is wrong or uses a feature that this runner does not know. */
public final class UnsupportedDefinition extends RuntimeException {
    private final transient List<String> findings;

    UnsupportedDefinition(List<String> findings) {
        super("The state machine cannot be run:\n  " + String.join("\n  ", findings));
        this.findings = List.copyOf(findings);
    }

    /** Every finding, each with the path of its field. */
    public List<String> findings() {
        return findings;
    }
}
