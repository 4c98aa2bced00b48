package imageferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The deployed files, as trees. CloudFormation's short forms are converted to their long ones. */
final class Shipped {
    static final JsonNode TEMPLATE = yaml("template.yaml");
    static final JsonNode REGION = yaml("region.yaml");
    static final JsonNode OPENAPI = yaml("openapi.yaml");
    /** The document that API Gateway imports; the build makes it of the contract. */
    static final JsonNode GATEWAY = yaml("functions/target/gateway.yaml");

    static final JsonNode MACHINE = yaml("statemachine/copy-image.asl.yaml");

    private Shipped() {}

    /** The functions of the template by logical id. */
    static Map<String, JsonNode> functions() {
        return resources("AWS::Serverless::Function");
    }

    /** The resources of one type by logical id. */
    static Map<String, JsonNode> resources(String type) {
        return TEMPLATE.get("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, resource -> resource.getValue().path("Properties")));
    }

    /** A function's timeout in seconds, its own or the default of all. */
    static int timeout(String function) {
        var own = functions().get(function);
        var ofAll = TEMPLATE.at("/Globals/Function/Timeout");
        return (own == null ? ofAll : own.path("Timeout").isInt() ? own.path("Timeout") : ofAll).asInt();
    }

    /** The sample events by file name without its ending. */
    static Map<String, JsonNode> events() {
        try (var files = Files.list(home().resolve("events"))) {
            var events = new TreeMap<String, JsonNode>();
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                events.put(
                        name.substring(0, name.length() - ".json".length()),
                        new ObjectMapper().readTree(file.toFile()));
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every object below a node, the node included, with its path. */
    static void eachObject(JsonNode node, BiConsumer<String, JsonNode> visit) {
        eachObject("", node, visit);
    }

    private static void eachObject(String path, JsonNode node, BiConsumer<String, JsonNode> visit) {
        if (node.isObject()) {
            visit.accept(path, node);
            node.properties().forEach(field -> eachObject(path + "/" + field.getKey(), field.getValue(), visit));
        }
        for (var i = 0; node.isArray() && i < node.size(); i++) {
            eachObject(path + "/" + i, node.get(i), visit);
        }
    }

    /** Every text below a node that meets a condition. */
    static List<String> texts(JsonNode node, Predicate<String> wanted) {
        var found = new ArrayList<String>();
        if (node.isTextual() && wanted.test(node.asText())) {
            found.add(node.asText());
        }
        node.forEach(child -> found.addAll(texts(child, wanted)));
        return found;
    }

    /** A list, or a single value as a list of one. */
    static List<JsonNode> list(JsonNode node) {
        var all = new ArrayList<JsonNode>();
        if (node.isArray()) {
            node.forEach(all::add);
        } else if (!node.isMissingNode()) {
            all.add(node);
        }
        return all;
    }

    private static JsonNode yaml(String path) {
        var tree = new Yaml(new ShortForms()).load(text(path));
        return new ObjectMapper().valueToTree(tree);
    }

    /** @param path from the project's folder */
    static String text(String path) {
        try {
            return Files.readString(home().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("imageferry.home", ".."));
    }

    private static final class ShortForms extends SafeConstructor {
        ShortForms() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new LongForm());
        }

        private final class LongForm extends AbstractConstruct {
            @Override
            public Object construct(Node node) {
                var name = node.getTag().getValue().substring(1);
                var value = switch (node) {
                    case ScalarNode scalar
                    when name.equals("GetAtt") -> List.of(scalar.getValue().split("\\.", 2));
                    case ScalarNode scalar -> scalar.getValue();
                    case SequenceNode sequence -> constructSequence(sequence);
                    case MappingNode mapping -> constructMapping(mapping);
                    default -> throw new IllegalArgumentException("!" + name + " of " + node);
                };
                return Map.of(name.equals("Ref") ? name : "Fn::" + name, value);
            }
        }
    }
}
