package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the policy of a region's bucket from {@code region.yaml}. Nothing else of that template has an effect in local mode. */
public final class RegionTemplate {
    private RegionTemplate() {}

    /**
     * The policy's statements, as they are deployed in that region; none without a {@code region.yaml}.
     *
     * @param parameters of the home stack; those that both templates have count
     */
    public static List<BucketStatement> bucketPolicy(Path home, Map<String, String> parameters, String region) {
        var file = home.resolve("region.yaml");
        if (!Files.exists(file)) {
            return List.of();
        }
        var document = TemplateYaml.read(file);
        var declared = document.path("Parameters");
        var values = new HashMap<>(parameters);
        values.keySet().removeIf(name -> !declared.has(name));
        var names = new LocalNames(new Parameters(declared, values), document, region);
        var policy =
                names.intrinsics().resolve(document.at("/Resources/BucketPolicy/Properties/PolicyDocument/Statement"));
        return Intrinsics.elements(policy).stream()
                .map(RegionTemplate::statement)
                .toList();
    }

    private static BucketStatement statement(JsonNode statement) {
        var excludes = statement.has("NotResource");
        var conditions = new HashMap<String, Map<String, List<String>>>();
        statement.path("Condition").properties().forEach(operator -> {
            var keys = new HashMap<String, List<String>>();
            operator.getValue().properties().forEach(key -> keys.put(key.getKey(), Intrinsics.texts(key.getValue())));
            conditions.put(operator.getKey(), keys);
        });
        return new BucketStatement(
                statement.path("Sid").asText(),
                statement.path("Effect").asText().equals("Allow"),
                Intrinsics.texts(statement.path("Action")),
                Intrinsics.texts(statement.path(excludes ? "NotResource" : "Resource")),
                excludes,
                conditions);
    }
}
