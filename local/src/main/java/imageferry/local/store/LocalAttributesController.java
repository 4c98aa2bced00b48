package imageferry.local.store;

import com.adobe.testing.s3mock.s3.controller.ObjectAttributesController;
import com.adobe.testing.s3mock.s3.dto.GetObjectAttributesOutput;
import com.adobe.testing.s3mock.s3.dto.GetObjectAttributesParts;
import com.adobe.testing.s3mock.s3.dto.ObjectKey;
import com.adobe.testing.s3mock.s3.dto.ObjectPart;
import com.adobe.testing.s3mock.s3.service.BucketService;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** S3Mock's object attributes, in S3's form: parts in pages, listed only if they have checksums. */
final class LocalAttributesController extends ObjectAttributesController {
    private static final int LARGEST_PAGE = 1000;

    LocalAttributesController(BucketService buckets, ObjectService objects) {
        super(buckets, objects);
    }

    @Override
    public ResponseEntity<GetObjectAttributesOutput> getObjectAttributes(
            String bucketName,
            ObjectKey key,
            @Nullable List<String> match,
            @Nullable List<String> noneMatch,
            @Nullable List<Instant> ifModifiedSince,
            @Nullable List<Instant> ifUnmodifiedSince,
            List<String> objectAttributes,
            @Nullable String versionId) {
        var answer = super.getObjectAttributes(
                bucketName, key, match, noneMatch, ifModifiedSince, ifUnmodifiedSince, objectAttributes, versionId);
        var all = Objects.requireNonNull(answer.getBody());
        var parts = all.getObjectParts();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(new GetObjectAttributesOutput(
                        objectAttributes.contains("Checksum") ? all.getChecksum() : null,
                        all.getEtag(),
                        parts == null
                                ? null
                                : parts.stream()
                                        .map(LocalAttributesController::page)
                                        .toList(),
                        all.getObjectSize(),
                        all.getStorageClass()));
    }

    private static GetObjectAttributesParts page(GetObjectAttributesParts whole) {
        var size = Math.min(header("x-amz-max-parts", LARGEST_PAGE), LARGEST_PAGE);
        var marker = header("x-amz-part-number-marker", 0);
        var parts = whole.getParts() == null ? List.<ObjectPart>of() : whole.getParts();
        var left = parts.stream()
                .filter(LocalAttributesController::hasChecksum)
                .filter(part -> part.getPartNumber() != null && part.getPartNumber() > marker)
                .toList();
        var page = left.stream().limit(size).toList();
        var last = page.isEmpty() ? Integer.valueOf(marker) : page.getLast().getPartNumber();
        return new GetObjectAttributesParts(
                page.size() < left.size(),
                size,
                last == null ? marker : last,
                marker,
                parts.size(),
                page.isEmpty() ? null : page);
    }

    private static boolean hasChecksum(ObjectPart part) {
        return Stream.of(
                        part.getChecksumCRC32(),
                        part.getChecksumCRC32C(),
                        part.getChecksumCRC64NVME(),
                        part.getChecksumSHA1(),
                        part.getChecksumSHA256())
                .anyMatch(Objects::nonNull);
    }

    private static int header(String name, int unless) {
        var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        var value = request.getRequest().getHeader(name);
        return value == null ? unless : Integer.parseInt(value);
    }
}
