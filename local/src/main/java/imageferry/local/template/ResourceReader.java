package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the table, the state machine and the API of the template. */
record ResourceReader(LocalNames names, Path home) {
    TableSpec table(String id, JsonNode declared) {
        var table = new Properties(id, names.intrinsics().resolve(declared))
                .only(
                        Set.of(
                                "TableName",
                                "AttributeDefinitions",
                                "KeySchema",
                                "GlobalSecondaryIndexes",
                                "StreamSpecification",
                                "TimeToLiveSpecification",
                                "BillingMode"),
                        Set.of(
                                "PointInTimeRecoverySpecification",
                                "SSESpecification",
                                "DeletionProtectionEnabled",
                                "Tags",
                                "TableClass",
                                "ContributorInsightsSpecification",
                                "OnDemandThroughput"))
                .must("BillingMode", "PAY_PER_REQUEST");
        return new TableSpec(
                id,
                names.ref(id).asText(),
                table.at("AttributeDefinitions"),
                table.at("KeySchema"),
                table.at("GlobalSecondaryIndexes"),
                optional(table.at("StreamSpecification").path("StreamViewType")),
                expiry(table.in("TimeToLiveSpecification")));
    }

    private static @Nullable String expiry(Properties timeToLive) {
        return timeToLive.flag("Enabled", false) ? timeToLive.text("AttributeName") : null;
    }

    StateMachineSpec stateMachine(String id, JsonNode declared) {
        var machine = new Properties(id, names.intrinsics().resolve(declared))
                .only(
                        Set.of("DefinitionUri", "DefinitionSubstitutions", "Policies", "Name", "Type"),
                        Set.of("Logging", "Tracing", "Tags", "PropagateTags", "RolePath", "PermissionsBoundary"))
                .must("Type", "STANDARD");
        var substitutions = new LinkedHashMap<String, String>();
        machine.at("DefinitionSubstitutions")
                .properties()
                .forEach(property ->
                        substitutions.put(property.getKey(), property.getValue().asText()));
        return new StateMachineSpec(
                id,
                names.attribute(id, "Arn"),
                home.resolve(machine.text("DefinitionUri")),
                substitutions,
                Policies.read(id, machine.at("Policies")));
    }

    /** Returns the OpenAPI document of the API, with its intrinsic functions (the URIs of the functions) resolved. */
    ApiSpec api(String id, JsonNode declared) {
        var api = new Properties(id, declared)
                .only(
                        Set.of("StageName", "DefinitionBody", "DefinitionUri"),
                        Set.of(
                                "Name",
                                "Description",
                                "Auth",
                                "AccessLogSetting",
                                "MethodSettings",
                                "TracingEnabled",
                                "EndpointConfiguration",
                                "Tags",
                                "PropagateTags",
                                "MinimumCompressionSize",
                                "OpenApiVersion",
                                "AlwaysDeploy",
                                "SecurityPolicy",
                                "DisableExecuteApiEndpoint",
                                "MergeDefinitions",
                                "Variables"));
        var include = api.at("DefinitionBody").path("Fn::Transform");
        if (!api.has("DefinitionUri") && !include.path("Name").asText().equals("AWS::Include")) {
            throw new TemplateRefused(
                    "The definition of " + id + " must be a file: DefinitionUri, or Fn::Transform with AWS::Include.");
        }
        var location = api.has("DefinitionUri")
                ? api.text("DefinitionUri")
                : include.path("Parameters").path("Location").asText();
        var stage = names.intrinsics().resolve(api.at("StageName")).asText();
        return new ApiSpec(stage, names.intrinsics().resolve(TemplateYaml.read(home.resolve(location))));
    }

    /** Refuses a rule that calls a function: local mode serves only the rules among a function's own events. */
    void requireNoFunction(String id, JsonNode rule) {
        for (var target : names.intrinsics().resolve(rule).path("Targets")) {
            if (target.path("Arn").asText().contains(":lambda:")) {
                throw new TemplateRefused("Local mode knows no rule such as " + id
                        + " that calls a function: write it as an event of the function.");
            }
        }
    }

    private static @Nullable String optional(JsonNode node) {
        return node.isMissingNode() ? null : node.asText();
    }
}
