package imageferry.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Gives each resource a name and an ARN in AWS's form, in the operator's account and the home region. */
final class LocalNames implements Intrinsics.Stack {
    static final String ACCOUNT = "111111111111";
    static final String STACK = "imageferry";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Parameters parameters;
    private final JsonNode resources;
    private final String region;
    private final Intrinsics intrinsics;

    LocalNames(Parameters parameters, JsonNode template, String region) {
        this.parameters = parameters;
        this.resources = template.path("Resources");
        this.region = region;
        this.intrinsics = new Intrinsics(this, template.path("Conditions"));
    }

    Intrinsics intrinsics() {
        return intrinsics;
    }

    @Override
    public JsonNode ref(String name) {
        if (parameters.has(name)) {
            return parameters.ref(name);
        }
        return JSON.textNode(
                switch (name) {
                    case "AWS::AccountId" -> ACCOUNT;
                    case "AWS::Region" -> region;
                    case "AWS::Partition" -> "aws";
                    case "AWS::URLSuffix" -> "amazonaws.com";
                    case "AWS::StackName" -> STACK;
                    case "AWS::StackId" -> arn("cloudformation", "stack/" + STACK + "/local");
                    default -> refOf(name);
                });
    }

    private String refOf(String resource) {
        return switch (type(resource)) {
            case "AWS::Serverless::StateMachine" -> arnOf(resource);
            case "AWS::SQS::Queue" -> "https://sqs." + region + ".amazonaws.com/" + ACCOUNT + "/" + nameOf(resource);
            case "AWS::SNS::Topic" -> arnOf(resource);
            case "AWS::KMS::Key" -> "00000000-0000-4000-8000-000000000000";
            case "AWS::Serverless::Api" -> "local";
            default -> nameOf(resource);
        };
    }

    @Override
    public String attribute(String resource, String attribute) {
        return switch (attribute) {
            case "Arn" -> arnOf(resource);
            case "Name", "QueueName", "TopicName" -> nameOf(resource);
            case "StreamArn" -> arnOf(resource) + "/stream/local";
            case "TopicArn" -> arnOf(resource);
            case "QueueUrl" -> refOf(resource);
            case "Alias" -> arnOf(resource) + ":live";
            case "Value" ->
                intrinsics
                        .resolve(resources.path(resource).path("Properties").path(attribute))
                        .asText();
            default ->
                throw new TemplateRefused(
                        "Local mode does not know the attribute " + attribute + " of " + resource + ".");
        };
    }

    private String arnOf(String resource) {
        var name = nameOf(resource);
        return switch (type(resource)) {
            case "AWS::Serverless::Function" -> arn("lambda", "function:" + name);
            case "AWS::Serverless::StateMachine" -> arn("states", "stateMachine:" + name);
            case "AWS::DynamoDB::Table" -> arn("dynamodb", "table/" + name);
            case "AWS::Events::EventBus" -> arn("events", "event-bus/" + name);
            case "AWS::Events::Rule" -> arn("events", "rule/" + name);
            case "AWS::SQS::Queue" -> arn("sqs", name);
            case "AWS::SNS::Topic" -> arn("sns", name);
            case "AWS::Logs::LogGroup" -> arn("logs", "log-group:" + name + ":*");
            case "AWS::KMS::Key" -> arn("kms", "key/" + refOf(resource));
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
            case "AWS::IAM::Role" -> "arn:aws:iam::" + ACCOUNT + ":role/" + name;
            default ->
                throw new TemplateRefused(
                        "Local mode knows no ARN for " + resource + " of the type " + type(resource) + ".");
        };
    }

    private String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + resource;
    }

    /** Returns the name in the template, or the logical id where AWS would generate a name. */
    private String nameOf(String resource) {
        var property = switch (type(resource)) {
            case "AWS::Serverless::Function" -> "FunctionName";
            case "AWS::DynamoDB::Table" -> "TableName";
            case "AWS::SQS::Queue" -> "QueueName";
            case "AWS::SNS::Topic" -> "TopicName";
            case "AWS::Logs::LogGroup" -> "LogGroupName";
            case "AWS::IAM::Role" -> "RoleName";
            case "AWS::KMS::Alias" -> "AliasName";
            case "AWS::S3::Bucket" -> "BucketName";
            default -> "Name";
        };
        var given = resources.path(resource).path("Properties").path(property);
        return given.isMissingNode() ? resource : intrinsics.resolve(given).asText();
    }

    private String type(String resource) {
        var type = resources.path(resource).path("Type").asText();
        if (type.isEmpty()) {
            throw new TemplateRefused("The template has no parameter or resource " + resource + ".");
        }
        return type;
    }
}
