package imageferry.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Makes the clients of one function from the variables that Lambda sets. They use the JVM's own HTTP connections, which
 * start fastest; only S3, which copies with many at once, brings its own.
 */
public final class AwsClients {
    /**
     * The time limit of a call with all its tries, unless the call sets its own. Every function's timeout is longer.
     */
    public static final Duration LONGEST_CALL = Duration.ofSeconds(25);

    static final Duration ONE_TRY = Duration.ofSeconds(10);

    /** One hung connection must not use up all the time that the ledger has for its tries. */
    private static final Duration LONGEST_READ_OR_WRITE = Duration.ofSeconds(3);

    private final Map<String, String> environment;

    public AwsClients(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Makes no retries of its own: the ledger knows which calls may be repeated. */
    public DynamoDbClient dynamoDb() {
        return settled(DynamoDbClient.builder(), "DYNAMODB")
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(LONGEST_READ_OR_WRITE))
                .build();
    }

    public SfnClient stepFunctions() {
        return settled(SfnClient.builder(), "SFN")
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(AwsClients::inTime)
                .build();
    }

    public EventBridgeClient eventBridge() {
        return settled(EventBridgeClient.builder(), "EVENTBRIDGE")
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(AwsClients::inTime)
                .build();
    }

    /** The function's own role. Without a key in the environment (SnapStart), the platform's usual places are asked. */
    public AwsCredentialsProvider credentials() {
        var key = environment.get("AWS_ACCESS_KEY_ID");
        var secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (key == null || secret == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        var session = environment.get("AWS_SESSION_TOKEN");
        return StaticCredentialsProvider.create(
                session == null
                        ? AwsBasicCredentials.create(key, secret)
                        : AwsSessionCredentials.create(key, secret, session));
    }

    /** Returns the endpoint of a service, if it is not AWS; the variables and their order are the SDK's own. */
    public Optional<URI> endpoint(String service) {
        return Stream.of("AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL")
                .map(environment::get)
                .filter(address -> address != null && !address.isBlank())
                .findFirst()
                .map(URI::create);
    }

    private static void inTime(ClientOverrideConfiguration.Builder settings) {
        settings.apiCallAttemptTimeout(ONE_TRY).apiCallTimeout(LONGEST_CALL);
    }

    private <B extends AwsClientBuilder<B, ?>> B settled(B builder, String service) {
        var region = environment.get("AWS_REGION");
        if (region == null) {
            throw new IllegalStateException("AWS_REGION is missing; Lambda sets it to the home region");
        }
        endpoint(service).ifPresent(builder::endpointOverride);
        return builder.region(Region.of(region)).credentialsProvider(credentials());
    }
}
