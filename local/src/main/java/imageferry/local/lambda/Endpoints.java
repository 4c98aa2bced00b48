package imageferry.local.lambda;

import imageferry.local.template.FunctionSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The services' endpoints in this run. With the template's own variables they are a function's environment. */
public record Endpoints(URI s3, URI dynamoDb, URI stepFunctions, URI eventBridge) {
    /** The prefix of functions' access key ids. The logical id follows and determines the role. */
    public static final String KEY_PREFIX = "LOCAL";

    /** Returns the function's variables: the template's, and those that Lambda sets itself. */
    public Map<String, String> environmentOf(FunctionSpec function, String region) {
        var environment = new LinkedHashMap<>(function.environment());
        environment.put("AWS_REGION", region);
        environment.put("AWS_DEFAULT_REGION", region);
        environment.put("AWS_ACCESS_KEY_ID", KEY_PREFIX + function.logicalId());
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_ENDPOINT_URL_S3", s3.toString());
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
        environment.put("AWS_ENDPOINT_URL_SFN", stepFunctions.toString());
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", eventBridge.toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("_HANDLER", function.handlerClass() + "::handleRequest");
        environment.put("TZ", ":UTC");
        return Map.copyOf(environment);
    }
}
