package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.dto.ChecksumType;
import com.adobe.testing.s3mock.s3.dto.CompletedPart;
import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.MultipartUploadInfo;
import com.adobe.testing.s3mock.s3.model.PartMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts that a client names to complete its upload, checked as S3 checks them. */
final class NamedParts {
    private static final long SMALLEST_PART = 5L << 20;

    private final OpenUploads uploads;
    private final BucketMetadata bucket;
    private final UUID uploadId;
    private final @Nullable ChecksumAlgorithm algorithm;
    private final boolean eachNeedsChecksum;

    NamedParts(OpenUploads uploads, BucketMetadata bucket, MultipartUploadInfo upload) {
        this.uploads = uploads;
        this.bucket = bucket;
        this.uploadId = UUID.fromString(upload.getUpload().getUploadId());
        this.algorithm = upload.getChecksumAlgorithm();
        this.eachNeedsChecksum = upload.getChecksumType() == ChecksumType.COMPOSITE;
    }

    /** Returns the parts, after checks of their order, existence, size and checksums. */
    List<PartMetadata> verified(List<CompletedPart> named) {
        if (named.isEmpty()) {
            throw new S3Exception(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        var parts = new ArrayList<PartMetadata>();
        var before = 0;
        for (var part : named) {
            if (part.getPartNumber() <= before) {
                throw S3Exception.Companion.getINVALID_PART_ORDER();
            }
            before = part.getPartNumber();
            parts.add(verified(part));
        }
        if (parts.stream().limit(parts.size() - 1L).anyMatch(part -> part.getSize() < SMALLEST_PART)) {
            throw S3Exception.Companion.getENTITY_TOO_SMALL();
        }
        return List.copyOf(parts);
    }

    private PartMetadata verified(CompletedPart named) {
        var part = uploads.part(bucket, uploadId, named.getPartNumber());
        if (part == null || !bare(named.getEtag()).equals(bare(part.getEtag()))) {
            throw S3Exception.Companion.getINVALID_PART();
        }
        var checksum = algorithm == null ? null : named.checksum(algorithm);
        if (checksum == null && eachNeedsChecksum && algorithm != null) {
            throw S3Refusal.invalidRequest("The upload was created using a "
                    + algorithm.toString().toLowerCase(Locale.ROOT)
                    + " checksum. The complete request must include the checksum for each part. It was missing for"
                    + " part " + named.getPartNumber() + " in the request.");
        }
        if (checksum != null && !checksum.equals(part.getChecksum())) {
            throw S3Exception.Companion.getINVALID_PART();
        }
        return part;
    }

    private static String bare(@Nullable String eTag) {
        return eTag == null ? "" : eTag.replace("\"", "");
    }
}
