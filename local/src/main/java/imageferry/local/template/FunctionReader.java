package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads an {@code AWS::Serverless::Function}, merged with {@code Globals.Function}.
 *
 * @param localVariables values of variables that differ on this machine
 */
record FunctionReader(LocalNames names, JsonNode globals, Map<String, String> localVariables) {
    private static final Set<String> UNDERSTOOD = Set.of(
            "CodeUri",
            "Handler",
            "Runtime",
            "Environment",
            "Timeout",
            "MemorySize",
            "Policies",
            "Events",
            "FunctionName",
            "EventInvokeConfig",
            "ReservedConcurrentExecutions",
            "PackageType");
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "Description",
            "Architectures",
            "Tracing",
            "LoggingConfig",
            "Tags",
            "PropagateTags",
            "SnapStart",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "AutoPublishCodeSha256",
            "KmsKeyArn",
            "EphemeralStorage",
            "RolePath",
            "PermissionsBoundary",
            "RuntimeManagementConfig",
            "ProvisionedConcurrencyConfig",
            "DeploymentPreference",
            "VersionDescription",
            "CodeSigningConfigArn",
            "RecursiveLoop");

    FunctionSpec read(String id, JsonNode declared) {
        var merged = names.intrinsics().resolve(merge(globals, declared));
        var function = new Properties(id, merged).only(UNDERSTOOD, WITHOUT_EFFECT);
        function.must("Runtime", "java25").must("PackageType", "Zip");
        var events = new EventReader(id, function.at("Events"));
        return new FunctionSpec(
                id,
                names.ref(id).asText(),
                names.attribute(id, "Arn"),
                handlerClass(id, function.text("Handler")),
                environment(function.in("Environment")
                        .only(Set.of("Variables"), Set.of())
                        .at("Variables")),
                Duration.ofSeconds(function.number("Timeout", 3)),
                function.number("MemorySize", 128),
                function.number("ReservedConcurrentExecutions", Integer.MAX_VALUE),
                Policies.read(id, function.at("Policies")),
                async(function.in("EventInvokeConfig")),
                events.streams(),
                events.schedules(),
                events.rules());
    }

    private static String handlerClass(String id, String handler) {
        var colons = handler.indexOf("::");
        if (colons >= 0 && !handler.endsWith("::handleRequest")) {
            throw new TemplateRefused(
                    "Local mode knows only handleRequest as the handler method of " + id + ", not " + handler + ".");
        }
        return colons < 0 ? handler : handler.substring(0, colons);
    }

    private Map<String, String> environment(JsonNode variables) {
        var environment = new LinkedHashMap<String, String>();
        variables
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        localVariables.forEach(environment::replace);
        return environment;
    }

    private static FunctionSpec.AsyncRetry async(Properties config) {
        config.only(Set.of("MaximumRetryAttempts", "DestinationConfig"), Set.of("MaximumEventAgeInSeconds"));
        return new FunctionSpec.AsyncRetry(
                config.number("MaximumRetryAttempts", 2), keepsUndelivered(config.in("DestinationConfig")));
    }

    /** A destination for undelivered events; locally it is a file, on AWS a bucket. */
    static boolean keepsUndelivered(Properties destinations) {
        destinations.only(Set.of("OnFailure"), Set.of());
        return destinations.has("OnFailure");
    }

    /** SAM's rule: values of the function win, maps are merged, lists are joined. */
    static JsonNode merge(JsonNode global, JsonNode own) {
        if (own.isMissingNode()) {
            return global;
        }
        if (global instanceof ObjectNode under
                && own instanceof ObjectNode over
                && !isIntrinsic(under)
                && !isIntrinsic(over)) {
            var merged = under.deepCopy();
            over.properties()
                    .forEach(property ->
                            merged.set(property.getKey(), merge(under.path(property.getKey()), property.getValue())));
            return merged;
        }
        if (global instanceof ArrayNode under && own instanceof ArrayNode over) {
            return JsonNodeFactory.instance.arrayNode().addAll(under).addAll(over);
        }
        return own;
    }

    private static boolean isIntrinsic(ObjectNode node) {
        return node.size() == 1 && (node.has("Ref") || node.fieldNames().next().startsWith("Fn::"));
    }
}
