package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.dto.ChecksumFields;
import com.adobe.testing.s3mock.s3.dto.ChecksumType;
import com.adobe.testing.s3mock.s3.dto.ObjectPart;
import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.MultipartUploadInfo;
import com.adobe.testing.s3mock.s3.model.PartMetadata;
import com.adobe.testing.s3mock.s3.util.HeaderUtil;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import software.amazon.awssdk.checksums.SdkChecksum;

/** Joins an upload's parts into one file, and computes its ETag and checksum as S3 does. */
final class Completion {
    private final OpenUploads uploads;
    private final BucketMetadata bucket;
    private final UUID uploadId;
    private final @Nullable ChecksumAlgorithm algorithm;
    private final @Nullable ChecksumType type;

    Completion(OpenUploads uploads, BucketMetadata bucket, MultipartUploadInfo upload) {
        this.uploads = uploads;
        this.bucket = bucket;
        this.uploadId = UUID.fromString(upload.getUpload().getUploadId());
        this.algorithm = upload.getChecksumAlgorithm();
        this.type = upload.getChecksumType();
    }

    /** Joins the parts into a new file. */
    Proof join(List<PartMetadata> parts, Path target) throws IOException {
        var whole = algorithm == null || type == ChecksumType.COMPOSITE ? null : Checksums.of(algorithm);
        try (var joined = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var part : parts) {
                var file = uploads.partFile(bucket, uploadId, part.getPartNumber());
                append(file, joined);
                if (whole != null) {
                    digest(file, whole);
                }
            }
        } catch (NoSuchFileException abortedMeanwhile) {
            throw S3Exception.Companion.getNO_SUCH_UPLOAD_MULTIPART();
        }
        return new Proof(
                eTag(parts),
                algorithm,
                whole == null ? composite(parts) : Checksums.base64(whole.getChecksumBytes()),
                type == null ? ChecksumType.FULL_OBJECT : type,
                parts.stream().map(this::told).toList());
    }

    /** Refuses a checksum or a size of the whole object that does not match. */
    void verify(HttpHeaders headers, Proof proof, long size) {
        var said = HeaderUtil.INSTANCE.checksumTypeFrom(headers);
        if (said != null && type != null && said != type) {
            throw S3Refusal.invalidRequest("The upload was created using the " + type
                    + " checksum mode. The complete request must use the same checksum mode.");
        }
        var expected = HeaderUtil.INSTANCE.checksumFrom(headers);
        var actual = proof.checksum();
        if (expected != null
                && actual != null
                && !actual.equals(expected)
                && !(type == ChecksumType.COMPOSITE && actual.startsWith(expected + "-"))) {
            throw S3Exception.Companion.getBAD_DIGEST();
        }
        var expectedSize = headers.getFirst("x-amz-mp-object-size");
        if (expectedSize != null && !expectedSize.equals(Long.toString(size))) {
            throw S3Refusal.invalidRequest(
                    "The provided 'x-amz-mp-object-size' header value does not match what was" + " computed.");
        }
    }

    private static void append(Path part, FileChannel joined) throws IOException {
        try (var bytes = FileChannel.open(part, StandardOpenOption.READ)) {
            var size = bytes.size();
            for (var done = 0L; done < size; ) {
                done += bytes.transferTo(done, size - done, joined);
            }
        }
    }

    private static void digest(Path part, SdkChecksum whole) throws IOException {
        try (var bytes = Files.newInputStream(part)) {
            var buffer = new byte[1 << 18];
            for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                whole.update(buffer, 0, read);
            }
        }
    }

    private static String eTag(List<PartMetadata> parts) {
        var md5 = Checksums.md5();
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(Objects.requireNonNull(part.getEtag()))));
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    private @Nullable String composite(List<PartMetadata> parts) {
        return algorithm == null
                ? null
                : Checksums.composite(
                        algorithm,
                        parts.stream()
                                .map(part -> Objects.requireNonNull(part.getChecksum(), "a part without its checksum"))
                                .toList());
    }

    /** A part's checksum is listed only if it has the upload's own algorithm. */
    private ObjectPart told(PartMetadata part) {
        var checksum = part.getChecksumAlgorithm() == algorithm ? part.getChecksum() : null;
        return ObjectPart.Companion.from(
                ChecksumFields.Companion.from(algorithm, checksum), part.getPartNumber(), part.getSize());
    }
}
