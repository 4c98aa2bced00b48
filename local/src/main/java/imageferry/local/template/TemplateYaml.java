package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document as JSON, CloudFormation's short forms ({@code !Sub x}) written out ({@code {"Fn::Sub": "x"}}). Dates
 * stay text, and a key given twice or a merge key is refused, as CloudFormation does.
 */
public final class TemplateYaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String name;

    private TemplateYaml(String name) {
        this.name = name;
    }

    /** Reads the file; a missing or broken one is a {@link TemplateRefused}. */
    public static JsonNode read(Path file) {
        var name = String.valueOf(file.getFileName());
        try (var text = Files.newBufferedReader(file)) {
            return new TemplateYaml(name).parse(text);
        } catch (NoSuchFileException absent) {
            throw new TemplateRefused("There is no file " + file + ".");
        } catch (IOException unreadable) {
            throw new TemplateRefused("The file " + file + " cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    private JsonNode parse(Reader text) {
        try {
            return json(new Yaml(new LoaderOptions()).compose(text));
        } catch (YAMLException broken) {
            throw new TemplateRefused(name + " is not YAML: "
                    + String.valueOf(broken.getMessage()).replaceAll("\\s+", " ") + ".");
        }
    }

    private JsonNode json(Node node) {
        var value = switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode sequence -> array(sequence);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new TemplateRefused(name + ": unexpected YAML" + at(node) + ".");
        };
        var tag = node.getTag().getValue();
        return tag.startsWith("!") && tag.length() > 1
                ? JSON.objectNode().set(longForm(tag.substring(1)), value)
                : value;
    }

    private ObjectNode object(MappingNode mapping) {
        var object = JSON.objectNode();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new TemplateRefused(name + ": a key must be text" + at(tuple.getKeyNode()) + ".");
            }
            if (Tag.MERGE.equals(key.getTag())) {
                throw new TemplateRefused(name + ": CloudFormation knows no merge key (<<)" + at(key) + ".");
            }
            if (object.has(key.getValue())) {
                throw new TemplateRefused(name + ": the key " + key.getValue() + " appears twice" + at(key) + ".");
            }
            object.set(key.getValue(), json(tuple.getValueNode()));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence) {
        var array = JSON.arrayNode();
        sequence.getValue().forEach(element -> array.add(json(element)));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.matches("(?i)true|yes|on"));
        }
        if (tag.equals(Tag.INT) && text.matches("[-+]?(0|[1-9][0-9]*)")) {
            return JSON.numberNode(new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT) && text.matches("[-+]?[0-9]+\\.[0-9]+")) {
            return JSON.numberNode(new BigDecimal(text));
        }
        return JSON.textNode(text);
    }

    private static String longForm(String shortForm) {
        return switch (shortForm) {
            case "Ref", "Condition" -> shortForm;
            default -> "Fn::" + shortForm;
        };
    }

    private static String at(Node node) {
        return " at line " + (node.getStartMark().getLine() + 1);
    }
}
