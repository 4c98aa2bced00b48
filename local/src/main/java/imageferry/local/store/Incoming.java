package imageferry.local.store;

import com.adobe.testing.s3mock.s3.S3Exception;
import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.util.AbstractAwsInputStream;
import com.adobe.testing.s3mock.s3.util.AwsChunkedDecodingChecksumInputStream;
import com.adobe.testing.s3mock.s3.util.AwsUnsignedChunkedDecodingChecksumInputStream;
import com.adobe.testing.s3mock.s3.util.HeaderUtil;
import imageferry.local.data.DataDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The folder for bytes that are not visible yet. It is on the buckets' own disk, so that one rename publishes them. They are
 * hashed while they are written, and removed at a start if a killed process left them.
 */
final class Incoming {
    /** The name of each file here: a random UUID. */
    static final Pattern NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
    private static final int BUFFER = 1 << 18;

    private final Path folder;
    private final DataDisk disk;

    /** Removes the files of a killed process, and no file with another form of name. */
    Incoming(Path folder, DataDisk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        try (var entries = Files.list(folder)) {
            for (var file : entries.filter(Incoming::isOurs).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isOurs(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    Path next() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /**
     * Refuses bytes that would use the space reserved for records.
     *
     * @param bytes the number of bytes that follow; 0 or less if unknown
     */
    void needRoom(long bytes) {
        disk.refusalOf(Math.max(0, bytes)).ifPresent(refusal -> {
            throw S3Refusal.insufficientStorage(refusal);
        });
    }

    /** Receives a request's complete body, and verifies every checksum that came with it. */
    Received receive(InputStream body, HttpHeaders headers, @Nullable ChecksumAlgorithm wanted) throws IOException {
        var length = decodedLength(headers);
        var decoded = decoded(body, headers, length);
        var sent = sentAlgorithm(headers);
        needRoom(Math.max(length, headers.getContentLength()));
        var received = write(decoded, sent == null ? wanted : sent);
        try {
            if (decoded instanceof AbstractAwsInputStream && length >= 0 && received.size() != length) {
                throw new S3Exception(400, "IncompleteBody", "The request body terminated unexpectedly");
            }
            var trailing = decoded instanceof AbstractAwsInputStream stream ? stream.getChecksum() : null;
            var expected = trailing == null ? HeaderUtil.INSTANCE.checksumFrom(headers) : trailing.strip();
            if (sent != null && expected != null && !expected.equals(received.checksum())) {
                throw new S3Exception(
                        400, "BadDigest", "The " + sent + " you specified did not match the calculated checksum.");
            }
            var md5 = headers.getFirst("Content-MD5");
            if (md5 != null && !md5.equals(Checksums.base64(HexFormat.of().parseHex(received.md5())))) {
                throw S3Exception.Companion.getBAD_DIGEST();
            }
            return received;
        } catch (RuntimeException refused) {
            received.close();
            throw refused;
        }
    }

    /** Returns the length of the payload in bytes; -1 if undeclared. */
    private static long decodedLength(HttpHeaders headers) {
        var declared = headers.getFirst(DECODED_LENGTH);
        if (declared == null) {
            return -1;
        }
        try {
            var length = Long.parseLong(declared);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException malformed) {
            // refused like a negative one
        }
        throw S3Refusal.invalidArgument(
                "The header '" + DECODED_LENGTH + "' is '" + declared + "': send the payload's length in bytes.");
    }

    /** Clients may send a body in signed or checked chunks; only their payload is the object. */
    private static InputStream decoded(InputStream body, HttpHeaders headers, long length) {
        if (HeaderUtil.INSTANCE.isV4Signed(headers)) {
            return new AwsChunkedDecodingChecksumInputStream(body, length);
        }
        return HeaderUtil.INSTANCE.isChunkedEncoding(headers)
                ? new AwsUnsignedChunkedDecodingChecksumInputStream(body, length)
                : body;
    }

    /** Copies a range of a stored object. */
    Received copy(Path source, long from, long length, @Nullable ChecksumAlgorithm algorithm) throws IOException {
        needRoom(length);
        try (var bytes = FileChannel.open(source, StandardOpenOption.READ)) {
            return write(new RangeInputStream(bytes, from, length), algorithm);
        } catch (NoSuchFileException replaced) {
            // The object was overwritten since its lookup: the next try will find the new one.
            throw new S3Exception(503, "SlowDown", "Please reduce your request rate.");
        }
    }

    private Received write(InputStream bytes, @Nullable ChecksumAlgorithm algorithm) throws IOException {
        var file = next();
        var md5 = Checksums.md5();
        var checksum = algorithm == null ? null : Checksums.of(algorithm);
        var size = 0L;
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            var buffer = new byte[BUFFER];
            for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                md5.update(buffer, 0, read);
                if (checksum != null) {
                    checksum.update(buffer, 0, read);
                }
                out.write(buffer, 0, read);
                size += read;
                // Other requests write, too, and not every length is known in advance.
                needRoom(0);
            }
        } catch (IOException | RuntimeException cutOff) {
            Files.deleteIfExists(file);
            throw cutOff;
        }
        return new Received(
                file,
                size,
                HexFormat.of().formatHex(md5.digest()),
                algorithm,
                checksum == null ? null : Checksums.base64(checksum.getChecksumBytes()));
    }

    /** Returns the algorithm of the body's checksum, which is in a header or announced as a trailer. */
    private static @Nullable ChecksumAlgorithm sentAlgorithm(HttpHeaders headers) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            if (headers.containsHeader(algorithm.getHeaderName())
                    || headers.getOrEmpty("x-amz-trailer").stream()
                            .anyMatch(trailer ->
                                    trailer.strip().toLowerCase(Locale.ROOT).equals(algorithm.getHeaderName()))) {
                return algorithm;
            }
        }
        return null;
    }
}
