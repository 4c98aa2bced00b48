package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.dto.ChecksumFields;
import com.adobe.testing.s3mock.s3.dto.ChecksumType;
import com.adobe.testing.s3mock.s3.dto.CompletedPart;
import com.adobe.testing.s3mock.s3.dto.ObjectPart;
import com.adobe.testing.s3mock.s3.model.BucketMetadata;
import com.adobe.testing.s3mock.s3.model.MultipartUploadInfo;
import com.adobe.testing.s3mock.s3.model.PartMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;

/** Joins an upload's parts into one file, after S3's checks of the list that the client names. */
final class Completion {
    private static final long SMALLEST_PART = 5L << 20;

    private final OpenUploads uploads;
    private final BucketMetadata bucket;
    private final UUID uploadId;
    private final @Nullable ChecksumAlgorithm algorithm;
    private final boolean composite;

    Completion(OpenUploads uploads, BucketMetadata bucket, MultipartUploadInfo upload) {
        this.uploads = uploads;
        this.bucket = bucket;
        this.uploadId = UUID.fromString(upload.getUpload().getUploadId());
        this.algorithm = upload.getChecksumAlgorithm();
        this.composite = algorithm != null && upload.getChecksumType() != ChecksumType.FULL_OBJECT;
    }

    /** The parts that the client names, once they are in order, there, and what the client says they are. */
    List<PartMetadata> verified(List<CompletedPart> named) {
        if (named.isEmpty()) {
            throw new S3Exception(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        var parts = new ArrayList<PartMetadata>();
        int before = 0;
        for (CompletedPart part : named) {
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
        PartMetadata part = uploads.part(bucket, uploadId, named.getPartNumber());
        if (part == null || !bare(named.getEtag()).equals(bare(part.getEtag()))) {
            throw S3Exception.Companion.getINVALID_PART();
        }
        if (algorithm != null) {
            String checksum = named.checksum(algorithm);
            if (checksum == null && composite) {
                throw S3Refusal.invalidRequest("The upload was created using a "
                        + algorithm.toString().toLowerCase(Locale.ROOT)
                        + " checksum. The complete request must include the checksum for each part. It was missing for"
                        + " part " + named.getPartNumber() + " in the request.");
            }
            if (checksum != null && !checksum.equals(part.getChecksum())) {
                throw S3Exception.Companion.getINVALID_PART();
            }
        }
        return part;
    }

    /** Joins the parts in a new file, and tells what S3 would tell of it. */
    Proof join(List<PartMetadata> parts, Path target) throws IOException {
        SdkChecksum whole = algorithm == null || composite ? null : Checksums.of(algorithm);
        try (FileChannel joined = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (PartMetadata part : parts) {
                Path file = uploads.partFile(bucket, uploadId, part.getPartNumber());
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
                whole != null
                        ? Checksums.base64(whole.getChecksumBytes())
                        : algorithm == null ? null : Checksums.composite(algorithm, checksums(parts)),
                composite ? ChecksumType.COMPOSITE : ChecksumType.FULL_OBJECT,
                parts.stream().map(this::told).toList());
    }

    private static void append(Path part, FileChannel joined) throws IOException {
        try (FileChannel bytes = FileChannel.open(part, StandardOpenOption.READ)) {
            long size = bytes.size();
            for (long done = 0; done < size; ) {
                done += bytes.transferTo(done, size - done, joined);
            }
        }
    }

    private static void digest(Path part, SdkChecksum whole) throws IOException {
        try (InputStream bytes = Files.newInputStream(part)) {
            byte[] buffer = new byte[1 << 18];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                whole.update(buffer, 0, read);
            }
        }
    }

    private static String eTag(List<PartMetadata> parts) {
        MessageDigest md5 = Checksums.md5();
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(bare(part.getEtag()))));
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    private static List<String> checksums(List<PartMetadata> parts) {
        return parts.stream()
                .map(part -> Objects.requireNonNull(part.getChecksum(), "a part without its checksum"))
                .toList();
    }

    /** A part's checksum is told only where it is of the upload's own kind. */
    private ObjectPart told(PartMetadata part) {
        String checksum = part.getChecksumAlgorithm() == algorithm ? part.getChecksum() : null;
        return ObjectPart.Companion.from(
                ChecksumFields.Companion.from(algorithm, checksum), part.getPartNumber(), part.getSize());
    }

    private static String bare(@Nullable String eTag) {
        return eTag == null ? "" : eTag.replace("\"", "");
    }
}
