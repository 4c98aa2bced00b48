import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.io.File;
import java.io.IOException;

/** Writes the parts of the contract that functions and API Gateway need. The build runs it as one program of several sources. */
final class ContractFiles {
    private ContractFiles() {}

    /** Reads openapi.yaml and gateway.yaml, the first two; writes contract.json, parameters.json and the gateway's document. */
    public static void main(String[] files) throws IOException {
        var yaml = new ObjectMapper(YAMLFactory.builder()
                .disable(Feature.SPLIT_LINES)
                .disable(Feature.WRITE_DOC_START_MARKER)
                .build());
        var json = new ObjectMapper();
        var contract = yaml.readTree(new File(files[0]));
        var toJson = new ContractToJson(contract);
        json.writeValue(new File(files[2]), toJson.bodies());
        json.writeValue(new File(files[3]), toJson.parameters());
        yaml.writeValue(new File(files[4]), new ContractToGateway(contract).with(yaml.readTree(new File(files[1]))));
    }
}
