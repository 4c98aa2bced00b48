package imageferry.local.store;

import com.adobe.testing.s3mock.s3.dto.ChecksumAlgorithm;
import com.adobe.testing.s3mock.s3.util.Crc64Nvme;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import software.amazon.awssdk.checksums.SdkChecksum;

/** Checksums as S3 writes them. */
final class Checksums {
    private Checksums() {}

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static SdkChecksum of(ChecksumAlgorithm algorithm) {
        // The SDK needs native code for this one.
        return algorithm == ChecksumAlgorithm.CRC64NVME
                ? new Crc64Nvme()
                : SdkChecksum.forAlgorithm(algorithm.toChecksumAlgorithm());
    }

    static String base64(byte[] checksum) {
        return Base64.getEncoder().encodeToString(checksum);
    }

    /** Returns the checksum of the parts' checksums, with their number. */
    static String composite(ChecksumAlgorithm algorithm, Iterable<String> ofParts) {
        var whole = of(algorithm);
        var parts = 0;
        for (var part : ofParts) {
            whole.update(Base64.getDecoder().decode(part));
            parts++;
        }
        return base64(whole.getChecksumBytes()) + "-" + parts;
    }
}
