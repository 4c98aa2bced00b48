package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The home stack as {@code template.yaml} declares it, with every value resolved for a run on this machine.
 *
 * @param functions by logical id
 * @param eventBuses their ARNs
 */
public record Template(
        String account,
        String homeRegion,
        Parameters parameters,
        Map<String, FunctionSpec> functions,
        List<TableSpec> tables,
        List<StateMachineSpec> stateMachines,
        List<ApiSpec> apis,
        List<String> eventBuses) {
    /** Resource types that a local run neither has nor needs: no function depends on them. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::SSM::Parameter",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::SNS::Subscription",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::CompositeAlarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::Logs::LogGroup",
            "AWS::KMS::Key",
            "AWS::KMS::Alias",
            "AWS::Lambda::Permission",
            "AWS::ApiGateway::Account",
            "AWS::IAM::Role",
            "AWS::Events::EventBusPolicy",
            // Of undelivered events, which local mode keeps in a file.
            "AWS::S3::Bucket",
            "AWS::S3::BucketPolicy",
            "AWS::Budgets::Budget",
            "Custom::Regions");

    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Transform",
            "Description",
            "Metadata",
            "Globals",
            "Parameters",
            "Conditions",
            "Resources",
            "Outputs",
            "Rules");

    public Template {
        functions = Map.copyOf(functions);
        tables = List.copyOf(tables);
        stateMachines = List.copyOf(stateMachines);
        apis = List.copyOf(apis);
        eventBuses = List.copyOf(eventBuses);
    }

    /**
     * Reads {@code template.yaml} of the folder, with {@code overrides} for its parameters. The first of its
     * {@code Regions} is the home region. A template that cannot run here is a {@link TemplateRefused}.
     */
    public static Template read(Path home, Map<String, String> overrides) {
        var document = TemplateYaml.read(home.resolve("template.yaml"));
        new Properties("template.yaml", document).only(SECTIONS, Set.of());
        var parameters = new Parameters(document.path("Parameters"), overrides);
        if (!overrides.getOrDefault("AccountRegionalBuckets", "").isEmpty()) {
            throw new ValueRefused("Local mode has plain bucket names: leave out AccountRegionalBuckets.");
        }
        var homeRegion = homeOf(TemplateParameter.elements(parameters.text("Regions")));
        return new Reading(
                        home,
                        document,
                        parameters,
                        new LocalNames(parameters, document, homeRegion),
                        homeRegion,
                        localVariables(overrides))
                .read();
    }

    /** Local mode checks no signature, and a header names any account: all may call, unless the user allows some. */
    private static Map<String, String> localVariables(Map<String, String> overrides) {
        return overrides.containsKey("AllowedAccounts") || overrides.containsKey("AllowedOrganization")
                ? Map.of()
                : Map.of("ALLOWED_CALLERS", "*");
    }

    private static String homeOf(List<String> regions) {
        if (regions.isEmpty()) {
            throw new ValueRefused("The parameter Regions names no region.");
        }
        var seen = new HashSet<String>();
        for (var region : regions) {
            if (!seen.add(region)) {
                throw new ValueRefused("The parameter Regions names " + region + " twice: name each region once.");
            }
        }
        return regions.getFirst();
    }

    public String installation() {
        return parameters.text("Installation");
    }

    /** Returns the regions of the stack, the home region first. */
    public List<String> regions() {
        return TemplateParameter.elements(parameters.text("Regions"));
    }

    private record Reading(
            Path home,
            JsonNode document,
            Parameters parameters,
            LocalNames names,
            String homeRegion,
            Map<String, String> localVariables) {
        Template read() {
            new Properties("Globals", document.path("Globals")).only(Set.of("Function"), Set.of("Api"));
            var functions = new LinkedHashMap<String, FunctionSpec>();
            var tables = new ArrayList<TableSpec>();
            var machines = new ArrayList<StateMachineSpec>();
            var apis = new ArrayList<ApiSpec>();
            var buses = new ArrayList<String>();
            var functionReader =
                    new FunctionReader(names, document.path("Globals").path("Function"), localVariables);
            var resourceReader = new ResourceReader(names, home);
            document.path("Resources").properties().forEach(entry -> {
                var id = entry.getKey();
                var properties = entry.getValue().path("Properties");
                if (!exists(entry.getValue())) {
                    return;
                }
                switch (entry.getValue().path("Type").asText()) {
                    case "AWS::Serverless::Function" -> functions.put(id, functionReader.read(id, properties));
                    case "AWS::DynamoDB::Table" -> tables.add(resourceReader.table(id, properties));
                    case "AWS::Serverless::StateMachine" -> machines.add(resourceReader.stateMachine(id, properties));
                    case "AWS::Serverless::Api" -> apis.add(resourceReader.api(id, properties));
                    case "AWS::Events::EventBus" -> buses.add(names.attribute(id, "Arn"));
                    case "AWS::Events::Rule" -> resourceReader.requireNoFunction(id, properties);
                    case String type when WITHOUT_EFFECT.contains(type) -> {}
                    case String type ->
                        throw new TemplateRefused("Local mode does not know the type " + type + " of " + id + ".");
                }
            });
            return new Template(LocalNames.ACCOUNT, homeRegion, parameters, functions, tables, machines, apis, buses);
        }

        private boolean exists(JsonNode resource) {
            var condition = resource.path("Condition");
            return condition.isMissingNode() || names.intrinsics().condition(condition.asText());
        }
    }
}
