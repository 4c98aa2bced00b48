package imageferry.local.localstack;

import imageferry.account.AccountId;
import imageferry.region.Region;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** A running LocalStack. It treats an access key of 12 digits as the calling account. */
public final class LocalStack implements AutoCloseable {
    /** The last version that starts without an account at LocalStack: later ones ask for a token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    /** The number of functions that an account may run at once in a region: AWS's limit for a new account. */
    public static final int CONCURRENCY = 10;

    private static final int SECONDS_TO_STOP = 20;

    private final LocalStackContainer container;

    private LocalStack(LocalStackContainer container) {
        this.container = container;
    }

    static LocalStack start() {
        var container = new LocalStackContainer(IMAGE)
                // Streams are read often: their pauses would grow to ten seconds.
                .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC", "0.2")
                .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC", "0.5")
                .withEnv("LAMBDA_LIMITS_CONCURRENT_EXECUTIONS", Integer.toString(CONCURRENCY))
                // Otherwise nobody can reserve any of them.
                .withEnv("LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY", "0")
                // This number of JVMs starts slowly on a machine with few processors. LocalStack's own limit is 20
                // seconds.
                .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120")
                .withCopyFileToContainer(
                        MountableFile.forClasspathResource("localstack/callers.py"),
                        "/etc/localstack/init/start.d/callers.py");
        container.start();
        return new LocalStack(container);
    }

    public URI endpoint() {
        return container.getEndpoint();
    }

    public static AwsCredentialsProvider credentials(AccountId account) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(account.value(), "secret"));
    }

    /** A client of one service, in one region, for one account. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AccountId account, Region region) {
        return builder.endpointOverride(endpoint())
                .credentialsProvider(credentials(account))
                .region(software.amazon.awssdk.regions.Region.of(region.name()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Stops it as an operator would, because only then it removes the containers of its functions. */
    @Override
    public void close() {
        DockerClientFactory.lazyClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(SECONDS_TO_STOP)
                .exec();
        container.stop();
    }
}
