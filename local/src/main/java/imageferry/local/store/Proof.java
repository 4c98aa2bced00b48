package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.dto.ChecksumType;
import com.adobe.testing.s3mock.s3.dto.ObjectPart;
import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ETag, checksums and parts of an object.
 *
 * @param eTag without quotes
 * @param parts of an object that was uploaded in parts, else null
 */
record Proof(
        String eTag,
        @Nullable ChecksumAlgorithm algorithm,
        @Nullable String checksum,
        ChecksumType type,
        @Nullable List<ObjectPart> parts) {
    static Proof ofWhole(Received bytes) {
        return new Proof(bytes.md5(), bytes.algorithm(), bytes.checksum(), ChecksumType.FULL_OBJECT, null);
    }

    /** Returns those of an existing object. */
    static Proof of(S3ObjectMetadata object) {
        return new Proof(
                String.valueOf(object.getEtag()),
                object.getChecksumAlgorithm(),
                object.getChecksum(),
                object.getChecksumType() == null ? ChecksumType.FULL_OBJECT : object.getChecksumType(),
                object.getParts());
    }
}
