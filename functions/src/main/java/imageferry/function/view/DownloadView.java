package imageferry.function.view;

import imageferry.instance.SystemDisk;
import java.time.Instant;

/** A link to an image's bytes. Anybody who has the link may read them until it expires. */
public record DownloadView(String url, Instant expiresAt, long sizeBytes, ChecksumView checksum) {
    public static DownloadView of(SystemDisk disk) {
        return new DownloadView(
                disk.url().toString(), disk.expiresAt(), disk.sizeBytes(), ChecksumView.of(disk.checksum()));
    }

    @Override
    public String toString() {
        return "DownloadView[expiresAt=" + expiresAt + "]";
    }
}
