package imageferry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One method of one path of the contract. */
record Operation(String method, String path, JsonNode definition) {
    private static final Pattern FUNCTION = Pattern.compile("\\$\\{(\\w+)\\.Arn}");

    static List<Operation> all() {
        return in(Shipped.OPENAPI);
    }

    /** The operations of the contract, or of the document that API Gateway imports. */
    static List<Operation> in(JsonNode document) {
        var all = new ArrayList<Operation>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> all.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return all;
    }

    /** The logical id of the function that answers it. */
    String function() {
        return definition.path("x-imageferry-function").asText();
    }

    /** The logical id of the function that the gateway calls. */
    String integrated() {
        var match = FUNCTION.matcher(
                definition.at("/x-amazon-apigateway-integration/uri/Fn::Sub").asText());
        return match.find() ? match.group(1) : "";
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
