package imageferry.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a whole definition: substitutes, parses, reads every state, checks their transitions. */
final class MachineReader {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.:]+)}");

    private MachineReader() {}

    static Machine read(String definition, Map<String, String> substitutions) {
        var findings = new Findings();
        var document = parse(substitute(definition, substitutions, findings), findings);
        findings.refuseIfAny();
        var fields = new DefinitionFields("", document, findings);
        fields.optionalText("Comment");
        if (!fields.text("QueryLanguage").equals("JSONata")) {
            findings.add("QueryLanguage", "Only JSONata is known to this runner.");
        }
        var timeout = fields.number("TimeoutSeconds", 1).map(Duration::ofSeconds);
        var flow = new FlowReader(false).read(fields);
        fields.refuseRest();
        new FlowRules(findings).check(flow);
        findings.refuseIfAny();
        return new Machine(flow, timeout.orElse(null));
    }

    private static String substitute(String text, Map<String, String> substitutions, Findings findings) {
        PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !substitutions.containsKey(name))
                .distinct()
                .forEach(name -> findings.add("", "${" + name + "} has no value in DefinitionSubstitutions."));
        for (var name : new TreeSet<>(substitutions.keySet())) {
            if (!text.contains("${" + name + "}")) {
                findings.add("", "${" + name + "} has a value but is not used.");
            }
        }
        return PLACEHOLDER.matcher(text).replaceAll(match -> replacement(match, substitutions));
    }

    private static String replacement(MatchResult match, Map<String, String> substitutions) {
        return Matcher.quoteReplacement(substitutions.getOrDefault(match.group(1), match.group()));
    }

    private static JsonNode parse(String text, Findings findings) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return Json.node(new Yaml(new SafeConstructor(options)).load(text));
        } catch (YAMLException | IllegalArgumentException e) {
            findings.add("", "Neither YAML nor JSON: " + e.getMessage());
            return Json.node(null);
        }
    }
}
