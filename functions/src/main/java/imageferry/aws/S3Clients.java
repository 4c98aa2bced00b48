package imageferry.aws;

import imageferry.region.Region;
import imageferry.snapshot.PartBatch;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * S3 clients of each region, created at their first use: most functions use only one region. A disabled region also
 * gets a client, so that copies begun there before can be cleaned up. All share one pool of connections.
 */
final class S3Clients implements AutoCloseable {
    /** Longer than any call may take: S3 sends nothing while it copies a part, and the calls have their own limits. */
    private static final Duration SILENCE = Duration.ofMinutes(15);

    private final AwsCredentialsProvider credentials;
    private final @Nullable URI endpoint;
    private final Map<Region, S3Client> patient = new ConcurrentHashMap<>();
    private final Map<Region, S3Client> once = new ConcurrentHashMap<>();
    private final Map<Region, S3Presigner> presigners = new ConcurrentHashMap<>();
    private @Nullable SdkHttpClient connections;

    /** @param endpoint serves every region in place of AWS; buckets are then named in the path */
    S3Clients(AwsCredentialsProvider credentials, @Nullable URI endpoint) {
        this.credentials = credentials;
        this.endpoint = endpoint;
    }

    /** For short calls that may be repeated safely: three tries in all. */
    S3Client patient(Region region) {
        return patient.computeIfAbsent(region, of -> client(of, AwsRetryStrategy.standardRetryStrategy()));
    }

    /** For calls that only their caller may repeat; each sets its own limit of time. */
    S3Client once(Region region) {
        return once.computeIfAbsent(region, of -> client(of, AwsRetryStrategy.doNotRetry()));
    }

    /** Signs links; sends nothing. */
    S3Presigner presigner(Region region) {
        return presigners.computeIfAbsent(region, this::presignerOf);
    }

    private S3Client client(Region region, RetryStrategy retries) {
        return S3Client.builder()
                .region(sdk(region))
                .credentialsProvider(credentials)
                .endpointOverride(endpoint)
                .httpClient(connections())
                .forcePathStyle(endpoint != null)
                // Skip the SDK's own checksums: only the few bytes that identify a disk pass through here. The
                // checksums that matter are S3's own, requested by name.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> settings.retryStrategy(retries)
                        .apiCallAttemptTimeout(AwsClients.ONE_TRY)
                        .apiCallTimeout(AwsClients.LONGEST_CALL))
                .build();
    }

    private S3Presigner presignerOf(Region region) {
        return S3Presigner.builder()
                .region(sdk(region))
                .credentialsProvider(credentials)
                .endpointOverride(endpoint)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(endpoint != null)
                        .build())
                .build();
    }

    private synchronized SdkHttpClient connections() {
        if (connections == null) {
            connections = Apache5HttpClient.builder()
                    // Room for all streams of a batch and the calls beside them, so that none waits for a connection.
                    .maxConnections(2 * PartBatch.STREAMS)
                    .socketTimeout(SILENCE)
                    .tcpKeepAlive(true)
                    .build();
        }
        return connections;
    }

    private static software.amazon.awssdk.regions.Region sdk(Region region) {
        return software.amazon.awssdk.regions.Region.of(region.name());
    }

    @Override
    public synchronized void close() {
        patient.values().forEach(S3Client::close);
        once.values().forEach(S3Client::close);
        presigners.values().forEach(S3Presigner::close);
        if (connections != null) {
            connections.close();
        }
    }
}
