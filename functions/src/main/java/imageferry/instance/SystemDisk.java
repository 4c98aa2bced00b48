package imageferry.instance;

import imageferry.snapshot.Checksum;
import java.net.URI;
import java.time.Instant;

/**
 * A time-limited download of an image's bytes.
 *
 * @param url works for its bearer until it expires; asking again makes a new one
 * @param checksum the checksum that the downloaded bytes must have
 */
public record SystemDisk(URI url, Instant expiresAt, long sizeBytes, Checksum checksum) {
    @Override
    public String toString() {
        return "SystemDisk[expiresAt=" + expiresAt + ", sizeBytes=" + sizeBytes + ", checksum=" + checksum + "]";
    }
}
