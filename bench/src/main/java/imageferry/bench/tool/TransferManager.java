package imageferry.bench.tool;

import imageferry.bench.model.PeerModel;
import imageferry.bench.store.SimulatedS3.Place;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** The AWS SDK for Java's TransferManager on its Java-based multipart client, in this JVM. */
final class TransferManager implements Tool {
    @Override
    public String name() {
        return model().name();
    }

    @Override
    public Optional<String> version() {
        return Optional.of("s3-transfer-manager " + VersionInfo.SDK_VERSION + " with Netty");
    }

    @Override
    public String howToInstall() {
        return "it is part of this bench";
    }

    @Override
    public PeerModel model() {
        return PeerModel.TRANSFER_MANAGER;
    }

    @Override
    public void copy(Job job, boolean tuned, Runnable begin) {
        try (var client = client(job, tuned);
                var manager = S3TransferManager.builder().s3Client(client).build()) {
            client.headObject(r ->
                            r.bucket(Job.source().bucket()).key(Job.source().key()))
                    .join();
            begin.run();
            copy(manager, Job.source(), Job.target());
        } catch (CompletionException e) {
            throw new CopyFailed("TransferManager failed: " + e.getCause());
        }
    }

    private static void copy(S3TransferManager manager, Place source, Place target) {
        manager.copy(copy -> copy.copyObjectRequest(r -> r.sourceBucket(source.bucket())
                        .sourceKey(source.key())
                        .destinationBucket(target.bucket())
                        .destinationKey(target.key())))
                .completionFuture()
                .join();
    }

    private static S3AsyncClient client(Job job, boolean tuned) {
        var http = NettyNioAsyncHttpClient.builder();
        var builder = S3AsyncClient.builder()
                .endpointOverride(job.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("SIMULATED", "simulated")))
                .multipartEnabled(true);
        if (tuned) {
            http.maxConcurrency(job.width()).maxPendingConnectionAcquires(10_000);
            builder.multipartConfiguration(
                    parts -> parts.minimumPartSizeInBytes(job.plan().partSizeBytes())
                            .thresholdInBytes(job.plan().partSizeBytes()));
        }
        return builder.httpClientBuilder(http).build();
    }
}
