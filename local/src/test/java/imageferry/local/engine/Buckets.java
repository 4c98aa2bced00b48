package imageferry.local.engine;

import imageferry.account.AccountId;
import imageferry.aws.S3SnapshotStore;
import imageferry.copying.CopyScene;
import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.Bytes;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** Two regions' buckets at some S3: the store under test, and plain clients of another project to check it with. */
final class Buckets implements AutoCloseable {
    static final AccountId OPERATOR = new AccountId("111111111111");

    private final Regions regions;
    private final S3Client home;
    private final S3Client far;
    private final S3SnapshotStore store;

    /** @param operator owns the buckets */
    Buckets(AccountId operator, AwsCredentialsProvider credentials, URI endpoint) {
        this.regions = new Regions("imageferry", operator, List.of(CopyScene.HOME, CopyScene.FAR));
        this.home = client(CopyScene.HOME, credentials, endpoint);
        this.far = client(CopyScene.FAR, credentials, endpoint);
        this.store = new S3SnapshotStore(regions, credentials, endpoint);
    }

    private static S3Client client(Region region, AwsCredentialsProvider credentials, URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(software.amazon.awssdk.regions.Region.of(region.name()))
                .forcePathStyle(true)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    S3SnapshotStore store() {
        return store;
    }

    /** Makes both, on an empty S3. */
    void create() {
        home.createBucket(r -> r.bucket(regions.bucket(CopyScene.HOME)));
        far.createBucket(r -> r.bucket(regions.bucket(CopyScene.FAR))
                .createBucketConfiguration(c -> c.locationConstraint(CopyScene.FAR.name())));
    }

    void put(Blob blob, Bytes bytes) {
        client(blob)
                .putObject(
                        r -> r.bucket(regions.bucket(blob.region())).key(blob.key()),
                        RequestBody.fromBytes(bytes.copy()));
    }

    void putWithSha256(Blob blob, Bytes bytes) {
        client(blob)
                .putObject(
                        r -> r.bucket(regions.bucket(blob.region()))
                                .key(blob.key())
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                        RequestBody.fromBytes(bytes.copy()));
    }

    byte[] read(Blob blob) {
        return client(blob)
                .getObjectAsBytes(r -> r.bucket(regions.bucket(blob.region())).key(blob.key()))
                .asByteArrayUnsafe();
    }

    private S3Client client(Blob blob) {
        return blob.region().equals(CopyScene.HOME) ? home : far;
    }

    @Override
    public void close() {
        store.close();
        home.close();
        far.close();
    }
}
