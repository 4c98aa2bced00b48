package imageferry.local.machine.definition;

import java.util.ArrayList;
import java.util.List;

/** Collects every fault of a definition, so that its author sees all at once. */
final class Findings {
    private final List<String> findings = new ArrayList<>();

    void add(String path, String what) {
        findings.add(path.isEmpty() ? what : path + ": " + what);
    }

    /** @throws UnsupportedDefinition if anything was found */
    void refuseIfAny() {
        if (!findings.isEmpty()) {
            throw new UnsupportedDefinition(findings);
        }
    }
}
