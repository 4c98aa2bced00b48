package imageferry.aws;

import static java.util.stream.Collectors.toUnmodifiableMap;

import imageferry.region.Region;
import imageferry.region.Regions;
import imageferry.snapshot.Blob;
import imageferry.snapshot.BlobFacts;
import imageferry.snapshot.Part;
import imageferry.snapshot.SideBySide;
import imageferry.snapshot.StoredBlob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** Finished objects in S3: looking, listing, deleting. */
final class S3Objects {
    private final Regions regions;
    private final String owner;
    private final S3Clients clients;

    S3Objects(Regions regions, S3Clients clients) {
        this.regions = regions;
        this.owner = regions.operator().value();
        this.clients = clients;
    }

    Optional<BlobFacts> look(Blob blob) {
        return S3Errors.present(() -> clients.patient(blob.region())
                        .headObject(r -> r.bucket(regions.bucket(blob.region()))
                                .key(blob.key())
                                .expectedBucketOwner(owner)))
                .map(head -> new BlobFacts(head.contentLength(), head.eTag(), head.metadata()));
    }

    /** A composite checksum ends with the number of its parts, which base64 cannot. */
    Optional<String> wholeSha256(Blob blob, String eTag) {
        var head = clients.patient(blob.region())
                .headObject(r -> r.bucket(regions.bucket(blob.region()))
                        .key(blob.key())
                        .ifMatch(eTag)
                        .checksumMode(ChecksumMode.ENABLED)
                        .expectedBucketOwner(owner));
        return Optional.ofNullable(head.checksumSHA256()).filter(checksum -> !checksum.contains("-"));
    }

    Map<String, String> tags(Blob blob) {
        return S3Errors.present(() -> clients.patient(blob.region())
                        .getObjectTagging(r -> r.bucket(regions.bucket(blob.region()))
                                .key(blob.key())
                                .expectedBucketOwner(owner)))
                .map(answer -> answer.tagSet().stream()
                        .collect(toUnmodifiableMap(Tag::key, tag -> S3Uploads.textOf(tag.value()))))
                .orElse(Map.of());
    }

    Optional<PutObjectTaggingResponse> tag(Blob blob, Map<String, String> tags) {
        var set = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return S3Errors.present(() -> clients.patient(blob.region())
                .putObjectTagging(r -> r.bucket(regions.bucket(blob.region()))
                        .key(blob.key())
                        .tagging(all -> all.tagSet(set))
                        .expectedBucketOwner(owner)));
    }

    Optional<String> text(Blob blob) {
        return S3Errors.present(() -> clients.patient(blob.region())
                .getObjectAsBytes(r -> r.bucket(regions.bucket(blob.region()))
                        .key(blob.key())
                        .range("bytes=0-1023")
                        .expectedBucketOwner(owner))
                .asUtf8String());
    }

    PutObjectResponse createText(Blob blob, String text) {
        return clients.patient(blob.region()).putObject(place(blob).andThen(r -> r.ifNoneMatch("*")), body(text));
    }

    PutObjectResponse replaceText(Blob blob, String text) {
        return clients.patient(blob.region()).putObject(place(blob), body(text));
    }

    private Consumer<PutObjectRequest.Builder> place(Blob blob) {
        return r -> r.bucket(regions.bucket(blob.region())).key(blob.key()).expectedBucketOwner(owner);
    }

    private static RequestBody body(String text) {
        return RequestBody.fromString(text);
    }

    byte[] firstByte(Blob blob) {
        return clients.patient(blob.region())
                .getObjectAsBytes(r -> r.bucket(regions.bucket(blob.region()))
                        .key(blob.key())
                        .range("bytes=0-0")
                        .expectedBucketOwner(owner))
                .asByteArray();
    }

    byte[] read(Blob blob, String eTag, long first, int length) {
        return clients.patient(blob.region())
                .getObjectAsBytes(r -> r.bucket(regions.bucket(blob.region()))
                        .key(blob.key())
                        .ifMatch(eTag)
                        .range("bytes=" + first + "-" + (first + length - 1))
                        .expectedBucketOwner(owner))
                .asByteArray();
    }

    /** Returns empty unless every part has its SHA-256, as a partial proof proves nothing. */
    List<Part> parts(Blob blob, int expected) {
        var parts =
                SideBySide.all(PartPages.of(1, expected)
                                .map(page -> asked(blob, page.first() - 1))
                                .toList())
                        .stream()
                        .flatMap(List::stream)
                        .toList();
        return parts.stream().allMatch(Part::hasSha256) ? parts : List.of();
    }

    private Supplier<List<Part>> asked(Blob blob, int after) {
        return () -> S3Errors.present(() -> clients.patient(blob.region())
                        .getObjectAttributes(r -> r.bucket(regions.bucket(blob.region()))
                                .key(blob.key())
                                .objectAttributes(ObjectAttributes.OBJECT_PARTS)
                                .maxParts(PartPages.LENGTH)
                                .partNumberMarker(after)
                                .expectedBucketOwner(owner)))
                .map(answer -> answer.objectParts())
                .map(page -> page.parts().stream()
                        .map(part ->
                                new Part(part.partNumber(), part.size(), S3Uploads.textOf(part.checksumSHA256()), ""))
                        .toList())
                .orElse(List.of());
    }

    List<StoredBlob> list(Region region, String keyPrefix) {
        return clients
                .patient(region)
                .listObjectsV2Paginator(
                        r -> r.bucket(regions.bucket(region)).prefix(keyPrefix).expectedBucketOwner(owner))
                .contents()
                .stream()
                .map(object -> new StoredBlob(new Blob(region, object.key()), object.size(), object.lastModified()))
                .toList();
    }

    List<StoredBlob> list(Region region, String keyPrefix, String after, int most) {
        return clients
                .patient(region)
                .listObjectsV2(r -> r.bucket(regions.bucket(region))
                        .prefix(keyPrefix)
                        .startAfter(after)
                        .maxKeys(most)
                        .expectedBucketOwner(owner))
                .contents()
                .stream()
                .map(object -> new StoredBlob(new Blob(region, object.key()), object.size(), object.lastModified()))
                .toList();
    }

    DeleteObjectResponse delete(Blob blob) {
        return clients.patient(blob.region())
                .deleteObject(r ->
                        r.bucket(regions.bucket(blob.region())).key(blob.key()).expectedBucketOwner(owner));
    }

    DeleteObjectResponse delete(Blob blob, String eTag) {
        return clients.patient(blob.region())
                .deleteObject(r -> r.bucket(regions.bucket(blob.region()))
                        .key(blob.key())
                        .ifMatch(eTag)
                        .expectedBucketOwner(owner));
    }
}
