package imageferry.local.prove;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** An account's clients of AWS, or of an emulator. */
final class Access implements AutoCloseable {
    private final AwsCredentialsProvider credentials;
    private final @Nullable URI endpoint;
    private final Map<String, S3Client> buckets = new ConcurrentHashMap<>();

    /** @param endpoint of an emulator, or null for AWS */
    Access(AwsCredentialsProvider credentials, @Nullable URI endpoint) {
        this.credentials = credentials;
        this.endpoint = endpoint;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    S3Client s3(String region) {
        return buckets.computeIfAbsent(
                region, name -> client(S3Client.builder().forcePathStyle(endpoint != null), name));
    }

    LambdaClient functions(String region) {
        return client(LambdaClient.builder(), region);
    }

    SfnClient executions(String region) {
        return client(SfnClient.builder(), region);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String region) {
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.credentialsProvider(credentials)
                .region(Region.of(region))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        buckets.values().forEach(S3Client::close);
    }
}
