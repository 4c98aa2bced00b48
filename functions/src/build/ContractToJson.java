import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;

/**
 * What the functions need of the contract, as JSON: the bodies of requests, and what these refer to. The build runs it,
 * so that no function has to carry a YAML parser and to read the whole contract while somebody waits.
 */
final class ContractToJson {
    private ContractToJson() {}

    /** From the first file to the second. */
    public static void main(String[] files) throws IOException {
        var contract = new ObjectMapper(new YAMLFactory()).readTree(new File(files[0]));
        var needed = JsonNodeFactory.instance.objectNode();
        var paths = needed.putObject("paths");
        contract.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            var body = operation.getValue().path("requestBody");
            if (!body.isMissingNode()) {
                paths.withObjectProperty(path.getKey()).putObject(operation.getKey()).set("requestBody", body);
            }
        }));
        ObjectNode components = needed.putObject("components");
        components.set("schemas", contract.at("/components/schemas"));
        new ObjectMapper().writeValue(new File(files[1]), needed);
    }
}
