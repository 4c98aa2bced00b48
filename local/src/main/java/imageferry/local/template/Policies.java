package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the {@code Policies} of a function or state machine: inline statements only, so that every right is written out. */
final class Policies {
    /** The actions of every role for logs and traces, none of which reach a local server. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "AWSLambdaBasicExecutionRole",
            "AWSXRayDaemonWriteAccess",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess");

    private static final String EVERY_ONE_IS = "ForAllValues:StringEquals";
    private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

    private static final Set<String> STATEMENT = Set.of("Effect", "Action", "Resource", "Condition");

    private final String owner;

    private Policies(String owner) {
        this.owner = owner;
    }

    static List<Statement> read(String owner, JsonNode policies) {
        var reader = new Policies(owner);
        var statements = new ArrayList<Statement>();
        Intrinsics.elements(policies).forEach(policy -> reader.policy(policy, statements));
        return List.copyOf(statements);
    }

    private void policy(JsonNode policy, List<Statement> statements) {
        if (policy.isTextual() && WITHOUT_EFFECT.contains(policy.asText())) {
            return;
        }
        if (!policy.isObject() || !policy.has("Statement")) {
            var name =
                    policy.isObject() && !policy.isEmpty() ? policy.fieldNames().next() : policy.asText();
            throw new TemplateRefused(
                    "Local mode does not know the policy " + name + " of " + owner + ": write its statements out.");
        }
        new Properties(owner + ".Policies", policy).only(Set.of("Statement"), Set.of("Version", "Id"));
        Intrinsics.elements(policy.path("Statement")).forEach(statement -> statements.add(statement(statement)));
    }

    private Statement statement(JsonNode statement) {
        var properties = new Properties(owner + ".Policies.Statement", statement).only(STATEMENT, Set.of("Sid"));
        var effect = properties.text("Effect");
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new TemplateRefused(
                    "The effect of a statement of " + owner + " is Allow or Deny, not " + effect + ".");
        }
        properties
                .at("Condition")
                .properties()
                .forEach(operator ->
                        operator.getValue().fieldNames().forEachRemaining(key -> known(operator.getKey(), key)));
        return new Statement(
                effect.equals("Allow"),
                Intrinsics.texts(properties.at("Action")),
                Intrinsics.texts(properties.at("Resource")),
                Set.copyOf(Intrinsics.texts(
                        properties.at("Condition").path(EVERY_ONE_IS).path(LEADING_KEYS))));
    }

    /**
     * Conditions on KMS keys are met here by construction, those on leading keys are checked; any other could decide a
     * request.
     */
    private void known(String operator, String key) {
        if (!key.startsWith("kms:") && !(key.equals(LEADING_KEYS) && operator.equals(EVERY_ONE_IS))) {
            throw new TemplateRefused("Local mode does not understand the condition key " + key + " of " + owner + ".");
        }
    }
}
