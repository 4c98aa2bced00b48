package imageferry.aws;

import static imageferry.aws.S3Errors.saying;
import static imageferry.aws.S3Errors.unlessChanged;
import static imageferry.aws.S3Errors.unlessRemoved;

import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.OpenUpload;
import imageferry.snapshot.Part;
import imageferry.snapshot.PartCopy;
import imageferry.snapshot.SnapshotStore;
import imageferry.snapshot.StoredBlob;
import imageferry.snapshot.UploadId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Snapshots on Amazon S3. Each call goes to the region of the bucket that it changes and names the account that must
 * own the bucket. S3 then refuses the call if another account owns a bucket of that name.
 */
public final class S3SnapshotStore implements SnapshotStore, AutoCloseable {
    private static final Duration LONGEST_LINK = Duration.ofHours(1);
    /**
     * Time limit of a completion: S3 joins up to 10,000 parts before it answers. Shorter than the function's timeout,
     * so that the function can still check the result.
     */
    public static final Duration COMPLETING = Duration.ofMinutes(4);

    private final Regions regions;
    private final String owner;
    private final S3Clients clients;
    private final S3Uploads uploads;
    private final S3Objects objects;

    /**
     * @param credentials sign every call and every link
     * @param endpoint serves every region in place of AWS; null on AWS
     */
    public S3SnapshotStore(Regions regions, AwsCredentialsProvider credentials, @Nullable URI endpoint) {
        this.regions = regions;
        this.owner = regions.operator().value();
        this.clients = new S3Clients(credentials, endpoint);
        this.uploads = new S3Uploads(regions, clients);
        this.objects = new S3Objects(regions, clients);
    }

    @Override
    public Optional<BlobFacts> look(Blob blob) {
        return S3Errors.sayingOfLook("to look at " + blob, () -> objects.look(blob), () -> objects.firstByte(blob));
    }

    @Override
    public Optional<String> wholeSha256(Blob blob, String eTag) {
        return S3Errors.sayingOfSource("to look at " + blob, () -> objects.wholeSha256(blob, eTag));
    }

    @Override
    public Map<String, String> tags(Blob blob) {
        return saying("to read the tags of " + blob, () -> objects.tags(blob));
    }

    @Override
    public void tag(Blob blob, Map<String, String> tags) {
        saying("to tag " + blob, () -> objects.tag(blob, tags));
    }

    @Override
    public byte[] read(Blob blob, String eTag, long first, int length) {
        return S3Errors.sayingOfSource("to read " + blob, () -> objects.read(blob, eTag, first, length));
    }

    @Override
    public List<Part> parts(Blob blob, int expected) {
        return saying("to list the parts of " + blob, () -> objects.parts(blob, expected));
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix) {
        return saying(
                        "to list " + keyPrefix + " in " + region,
                        () -> unlessRemoved(() -> objects.list(region, keyPrefix)))
                .orElse(List.of());
    }

    @Override
    public List<StoredBlob> list(Region region, String keyPrefix, String after, int most) {
        return saying(
                        "to list " + keyPrefix + " after " + after + " in " + region,
                        () -> unlessRemoved(() -> objects.list(region, keyPrefix, after, most)))
                .orElse(List.of());
    }

    @Override
    public void delete(Blob blob) {
        saying("to delete " + blob, () -> unlessRemoved(() -> objects.delete(blob)));
    }

    @Override
    public void deleteUnchanged(Blob blob, String eTag) {
        saying("to delete " + blob + " while it is " + eTag, () -> unlessChanged(() -> objects.delete(blob, eTag)));
    }

    @Override
    public Optional<String> text(Blob blob) {
        return saying("to read " + blob, () -> unlessRemoved(() -> objects.text(blob)))
                .flatMap(found -> found);
    }

    @Override
    public void createText(Blob blob, String text) {
        saying("to create " + blob, () -> S3Errors.unlessExisting(() -> objects.createText(blob, text)));
    }

    @Override
    public void replaceText(Blob blob, String text) {
        saying("to replace " + blob, () -> objects.replaceText(blob, text));
    }

    @Override
    public UploadId open(Blob target, Map<String, String> metadata) {
        return saying(
                "to open an upload of " + target,
                () -> new UploadId(clients.once(target.region())
                        .createMultipartUpload(r -> r.bucket(regions.bucket(target.region()))
                                .key(target.key())
                                .metadata(metadata)
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                                .expectedBucketOwner(owner))
                        .uploadId()));
    }

    @Override
    public List<OpenUpload> uploads(Region region, String keyPrefix) {
        return saying(
                        "to list the uploads of " + keyPrefix + " in " + region,
                        () -> unlessRemoved(() -> uploads.list(region, keyPrefix)))
                .orElse(List.of());
    }

    @Override
    public List<Part> uploadedParts(Blob target, UploadId upload, int first, int last) {
        return saying("to list the uploaded parts of " + target, () -> uploads.parts(target, upload, first, last));
    }

    @Override
    public void abort(Blob target, UploadId upload) {
        saying(
                "to abort the upload of " + target,
                () -> unlessRemoved(() -> {
                    uploads.abortUntilGone(target, upload);
                    return upload;
                }));
    }

    @Override
    public Part copyPart(PartCopy copy) {
        var source = copy.source();
        var target = copy.target();
        var copied = S3Errors.sayingOfSource(
                        "to copy " + copy,
                        () -> clients.once(target.region())
                                .uploadPartCopy(r -> r.sourceBucket(regions.bucket(source.region()))
                                        .sourceKey(source.key())
                                        .copySourceIfMatch(copy.sourceETag())
                                        .copySourceRange(range(copy))
                                        .destinationBucket(regions.bucket(target.region()))
                                        .destinationKey(target.key())
                                        .uploadId(copy.upload().value())
                                        .partNumber(copy.number())
                                        .expectedSourceBucketOwner(owner)
                                        .expectedBucketOwner(owner)
                                        .overrideConfiguration(within(timeFor(copy.sizeBytes())))))
                .copyPartResult();
        return new Part(
                copy.number(),
                copy.sizeBytes(),
                S3Uploads.textOf(copied.checksumSHA256()),
                S3Uploads.textOf(copied.eTag()));
    }

    private static @Nullable String range(PartCopy copy) {
        var range = copy.range();
        return range == null ? null : "bytes=" + range.first() + "-" + range.last();
    }

    private static Duration timeFor(long bytes) {
        var time = Duration.ofMinutes(1).plusSeconds(bytes / PartCopy.SLOWEST_BYTES_PER_SECOND);
        return time.compareTo(PartCopy.LONGEST) < 0 ? time : PartCopy.LONGEST;
    }

    private static AwsRequestOverrideConfiguration within(Duration time) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(time)
                .apiCallTimeout(time)
                .build();
    }

    @Override
    public void complete(Blob target, UploadId upload, List<Part> parts, long sizeBytes) {
        var expected = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.eTag())
                        .checksumSHA256(part.sha256())
                        .build())
                .toList();
        S3Errors.sayingOfTarget(
                "to complete the upload of " + target,
                () -> clients.once(target.region())
                        .completeMultipartUpload(r -> r.bucket(regions.bucket(target.region()))
                                .key(target.key())
                                .uploadId(upload.value())
                                .multipartUpload(all -> all.parts(expected))
                                .mpuObjectSize(sizeBytes)
                                .ifNoneMatch("*")
                                .expectedBucketOwner(owner)
                                .overrideConfiguration(within(COMPLETING))));
    }

    /** Omits the bucket's owner: the holder of the link would have to send it as a header. */
    @Override
    public URI link(Blob blob, Duration validFor, String fileName) {
        if (validFor.compareTo(LONGEST_LINK) > 0) {
            throw new IllegalArgumentException("A link is valid for at most 1 hour, not " + validFor);
        }
        var signed = clients.presigner(blob.region())
                .presignGetObject(link -> link.signatureDuration(validFor)
                        .getObjectRequest(r -> r.bucket(regions.bucket(blob.region()))
                                .key(blob.key())
                                .responseContentType("application/octet-stream")
                                .responseContentDisposition("attachment; filename=\"%s\""
                                        .formatted(fileName.replaceAll("[^A-Za-z0-9._-]", "_")))));
        return URI.create(signed.url().toString());
    }

    @Override
    public void close() {
        clients.close();
    }
}
